"""Papers of a project."""
