"""Holds, as JSON and for a browser without a script."""
