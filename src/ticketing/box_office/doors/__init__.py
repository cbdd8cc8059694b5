"""The counter's and the order desk's pages."""
