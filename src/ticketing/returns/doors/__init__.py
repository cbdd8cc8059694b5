"""Returning tickets, as pages and as JSON, and the office when something changes."""
