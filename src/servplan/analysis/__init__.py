"""What a plan means at a date: pure functions from records and states to view data."""
