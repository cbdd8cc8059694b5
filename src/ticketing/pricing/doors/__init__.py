"""The office's prices and codes."""
