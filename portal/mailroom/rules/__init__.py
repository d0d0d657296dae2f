"""What is true of mail that comes in: what it is, what its sender wrote, and when summaries are due."""
