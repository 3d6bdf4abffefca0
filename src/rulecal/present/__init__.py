"""For a person's eyes: steps and plain views into words and tables."""
