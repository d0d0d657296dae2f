"""Finding things again by their words."""
