"""What a published figure means: estimators and counting rules, in the standard library alone."""
