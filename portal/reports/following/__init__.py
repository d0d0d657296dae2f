"""Following one's own report: by account, by number and code, or by a signed link."""
