"""Invoices: asked for on the order's page, exported and settled in the office."""
