"""Answers that are made once for many who ask at one moment, and sent as bytes."""
