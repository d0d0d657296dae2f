"""Following a public report by e-mail without an account: asked for, confirmed, ended by a link."""
