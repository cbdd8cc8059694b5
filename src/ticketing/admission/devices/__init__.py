"""Phones at the door: paired once, bound, shut out; and whoever leaves is out with theirs."""
