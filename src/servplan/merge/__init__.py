"""Three versions of one file made into one: what each side changed since the base, by key, item and entry."""
