"""What a category asks of whoever files: words, kinds, limits, and the check of the answers."""
