"""The pages of a building site, and of its monthly reports."""
