"""Keeping the public rooms civil, in public."""
