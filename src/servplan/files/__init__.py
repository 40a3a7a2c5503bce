"""Where a plan's texts live, and how a text becomes data with places."""
