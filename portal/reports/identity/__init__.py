"""Who may know it from the writer: sealed identities, words that open a report, openings with a reason."""
