"""The office's settlements and funders, with their files."""
