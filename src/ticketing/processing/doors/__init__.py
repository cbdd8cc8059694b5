"""A provider's doors: out to its page, back from it, its events; and the office of what it says."""
