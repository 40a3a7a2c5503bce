"""A new plan: its first records, and the files that git, editors and forges look for."""
