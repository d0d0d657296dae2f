"""Passing a public report on: its preview card, its feed, its place on the map."""
