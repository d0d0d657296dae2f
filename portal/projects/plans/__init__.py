"""The plan on the table: a drawing in versions, and what residents pin on it."""
