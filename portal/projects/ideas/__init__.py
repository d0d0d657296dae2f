"""Ideas that residents give to a project, and what became of them."""
