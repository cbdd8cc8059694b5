"""The door's doors: the usher's pages and app, scans and batches as JSON, phones and who may ask for them."""
