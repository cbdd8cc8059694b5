"""The best seats for a party: pure, on rows that are made once per plan; it imports no database."""
