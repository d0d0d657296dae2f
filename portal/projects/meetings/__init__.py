"""Meetings about a project: invitation, registration, minutes."""
