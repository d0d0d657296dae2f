"""The blueprint that the pages about accounts share, and how often one internet address may ask."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

# Many phones share one address of their provider, so these only stop machines.
TRIES_PER_ADDRESS = "60 per minute; 600 per hour"
LETTERS_PER_ADDRESS = "30 per minute; 120 per hour"
