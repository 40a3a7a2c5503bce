"""Programs for servplan's developers: what is generated, and from what."""
