"""What everybody may look at: pages, JSON, posters and the stream of seats."""
