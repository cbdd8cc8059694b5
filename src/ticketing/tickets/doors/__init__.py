"""A ticket as a page, as JSON, and the picture of its code."""
