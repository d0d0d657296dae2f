"""Comments on ideas and pins."""
