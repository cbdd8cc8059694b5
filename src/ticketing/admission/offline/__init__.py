"""What a phone must know to decide without a line, and what it tells when the line is back."""
