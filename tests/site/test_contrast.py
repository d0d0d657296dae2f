"""Everybody can read every colour pair, in each theme and scheme."""

import re
from functools import cache

import pytest

from portal import config

TEXT, SIGN = 4.5, 3.0  # WCAG 2.2: 1.4.3 text, 1.4.11 marks and borders
SURFACES = ("paper", "card")
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-soft", "brand", "brand-strong") for ground in SURFACES],
    *[
        (ink, f"{tone}-soft", TEXT)
        for ink in ("ink", "ink-soft")
        for tone in ("brand", "late", "met", "wait")
    ],
    *[(tone, ground, TEXT) for tone in ("late", "met", "wait") for ground in (*SURFACES, f"{tone}-soft")],
    ("brand-strong", "brand-soft", TEXT),
    ("brand", "brand-soft", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-strong", TEXT),
    ("on-block", "block", TEXT),
    ("on-foot", "foot", TEXT),
    *[(mark, ground, SIGN) for mark in ("accent", "edge") for ground in SURFACES],
    *[("accent", f"{tone}-soft", SIGN) for tone in ("late", "met", "wait")],
]


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Declarations of the tokens layer: those of every city, and those of each theme."""
    css = (config.ROOT / "static/css/portal.css").read_text()
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"^  ((?::root|\[data-theme)[^{]*?) \{(.*?)^  \}", css, re.M | re.S):
        names = re.findall(r'data-theme="(\w+)"', selector)
        for name in [*names, "everyone"] if ":root" in selector else names:
            found.setdefault(name, {}).update(re.findall(r"--([\w-]+): ([^;]+);", body))
    return found


def colour(name: str, theme: str, scheme: str) -> str:
    value = {**tokens()["everyone"], **tokens()[theme]}[name]
    pair = re.fullmatch(r"light-dark\((#\w{6}), (#\w{6})\)", value)
    return pair[1 if scheme == "light" else 2] if pair else value


def luminance(hex_colour: str) -> float:
    parts = [int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", config.THEMES)
def test_colours_are_told_apart(theme: str, scheme: str) -> None:
    found = {
        (front, ground, least): contrast(colour(front, theme, scheme), colour(ground, theme, scheme))
        for front, ground, least in PAIRS
    }

    too_faint = {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < pair[2]}

    assert not too_faint


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
