"""What the demo city plans with its residents: one park from the first idea to the evaluation, and two
projects that stand open now."""
