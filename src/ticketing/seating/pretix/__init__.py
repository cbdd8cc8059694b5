"""Plans as pretix writes them: checked, taken in, given out with a side file for what its format cannot say."""
