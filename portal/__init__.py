"""Balai Warga: a citizen-participation portal whose published figures anyone can recompute."""
