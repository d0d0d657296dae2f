"""Dot voting: each resident of the eligible area lays a few dots on what matters most to them."""
