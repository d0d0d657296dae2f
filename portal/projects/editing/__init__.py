"""Pages for those who make and run projects."""
