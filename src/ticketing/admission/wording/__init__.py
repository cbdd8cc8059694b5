"""What the door says: every verdict in words, on the screen, as programs are told it, seat and all."""
