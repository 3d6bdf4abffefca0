"""What does the norm say? This room knows no calendar."""
