"""Structured logs with a request id."""

from flask import Flask

from portal.config import Settings


def init_app(app: Flask, settings: Settings) -> None:
    app.logger.setLevel("INFO")
