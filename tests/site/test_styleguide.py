"""The styleguide shows every component, and the drawing never stands without its sentence."""

import re

from flask.testing import FlaskClient

from portal import config
from portal.assets import _digest


def test_every_component_is_shown(client: FlaskClient) -> None:
    page = client.get("/styleguide").text

    css = (config.ROOT / "static/css/portal.css").read_text()
    for name in (
        "clock",
        "loom",
        "queue",
        "timeline",
        "empty",
        "notice",
        "filters",
        "figures",
        "choice",
        "steps",
    ):
        assert f".{name}" in css
        assert f'class="{name}' in page


def test_no_page_carries_style_or_script_of_its_own(client: FlaskClient) -> None:
    page = client.get("/styleguide").text

    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


def test_drawn_days_are_hidden_from_screen_readers(client: FlaskClient) -> None:
    page = client.get("/styleguide").text

    for drawing in re.findall(
        r'<span class="weave[^>]*>', page.split('id="lists"')[1].split('id="doors"')[0]
    ):
        assert 'aria-hidden="true"' in drawing


def test_font_in_the_stylesheet_is_the_one_that_pages_preload() -> None:
    css = (config.ROOT / "static/css/portal.css").read_text()

    font = re.search(r'url\("\.\./(fonts/[^?]+)\?v=(\w+)"', css)

    assert font
    assert font[2] == _digest(font[1])


def test_every_icon_asked_for_is_drawn() -> None:
    templates = config.ROOT / "templates"
    drawn = set(re.findall(r'^  "([\w-]+)":', (templates / "components/icons.html").read_text(), re.M))
    asked = {
        name
        for path in templates.rglob("*.html")
        for name in re.findall(r'(?:icon\(|glyph\(|icon=)"([\w-]+)"', path.read_text())
    }

    assert asked <= drawn
