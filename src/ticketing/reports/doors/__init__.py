"""The office's pages that look back, their JSON, and what Prometheus reads."""
