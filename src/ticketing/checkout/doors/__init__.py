"""From a hold to the ticket and back, as pages and as JSON; a provider's doors; the office of money."""
