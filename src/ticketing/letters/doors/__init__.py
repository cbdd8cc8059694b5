"""A letter as it would be sent, in a demo; elsewhere what could not be sent, and a button to try again."""
