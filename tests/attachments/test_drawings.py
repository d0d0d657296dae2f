"""Drawings: an SVG keeps its shapes and loses everything that acts, a picture is drawn anew."""

from io import BytesIO

import pytest
from PIL import Image

from portal.attachments import drawings, files, rules, svg
from portal.errors import DomainError
from tests.attachments.test_images import picture
from tests.builders import MONDAY

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 200"'
)


def cleaned(inside="", attributes=""):
    return svg.clean(f"{HEAD} {attributes}>{inside}</svg>".encode()).content.decode()


def test_shapes_words_and_colours_stay():
    drawn = cleaned(
        '<g fill="#fff"><path d="M0 0h9"/><text x="3">kolam &amp; taman</text></g>', 'fill="none"'
    )

    assert '<g fill="#fff"><path d="M0 0h9"></path><text x="3">kolam &amp; taman</text></g>' in drawn
    assert 'viewBox="0.0 0.0 300.0 200.0"' in drawn
    assert 'fill="none"' in drawn


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<path onclick="alert(1)" onload="alert(1)"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></body></foreignObject>",
        '<a xlink:href="javascript:alert(1)"><path/></a>',
        '<use xlink:href="https://jahat.example/x.svg#a"/>',
        '<use href="data:image/svg+xml,alert(1)#a"/>',
        '<path fill="url(https://jahat.example/x)"/>',
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='x' onbegin='alert(1)'/>",
        "<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>",
        "<metadata>alert(1)</metadata>",
        "<!-- alert(1) -->",
        "<?xml-stylesheet href='https://jahat.example/x.css'?>",
        "<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://jahat.example/'/>",
        "<style><g>@import 'https://jahat.example/x.css';</g></style>",
    ],
)
def test_what_acts_or_loads_is_gone(attack):
    drawn = cleaned(attack + '<path d="M1 1"/>')

    for trace in ("alert", "jahat", "javascript", "data:", "<!--", "<?"):
        assert trace not in drawn
    assert '<path d="M1 1">' in drawn


@pytest.mark.parametrize(
    "style",
    ["@import 'https://jahat.example/x.css';", ".a{fill:url(https://jahat.example/x)}", ".a{fill:u\\72l(x)}",
     "@font-face{src:url(data:font/woff2;base64,AA)}", ".a{x:expression(alert(1))}", "</style><script>"],
)  # fmt: skip
def test_style_that_loads_is_refused(app, style):
    escaped = style.replace("<", "&lt;")

    with pytest.raises(DomainError):
        cleaned(f"<style>{escaped}</style>")
    with pytest.raises(DomainError):
        cleaned(f'<path style="{escaped}"/>')


def test_style_that_only_colours_stays():
    style = ".cls-1{fill:#dbe8c6;stroke:url(#garis)}"

    assert style in cleaned(f"<style>{style}</style>")


@pytest.mark.parametrize(
    "document",
    [
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}>&a;</svg>',
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}>&a;</svg>',
        f'<!DOCTYPE svg [<!ENTITY % a SYSTEM "https://jahat.example/x.dtd"> %a;]>{HEAD}/>',
        f"{HEAD}>",
        f"{HEAD}><path></svg>",
        "<html></html>",
        '<svg viewBox="0 0 1 1"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan inf"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e-310 1e-310"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1"/>',
        f"{HEAD}><image href='foto.png'/></svg>",
        f"{HEAD}>{'<g>' * 200}{'</g>' * 200}</svg>",
        f"{HEAD}>{'<path/>' * (rules.SVG_MAX_ELEMENTS + 1)}</svg>",
        f"{HEAD}>{' ' * rules.SVG_MAX_BYTES}</svg>",
    ],
    ids=range(16),
)
def test_what_is_no_harmless_svg_is_refused_with_a_reason(app, document):
    with pytest.raises(DomainError) as refused:
        drawings.redraw(BytesIO(document.encode()))

    assert str(refused.value)


def test_drawing_that_unfolds_without_end_is_refused(app):
    levels = "".join(
        f'<g id="a{at}"><use href="#a{at + 1}"/><use href="#a{at + 1}"/></g>' for at in range(40)
    )

    with pytest.raises(DomainError, match="terlalu banyak"):
        cleaned(f'<defs>{levels}<path id="a40"/></defs><use href="#a0"/>')
    with pytest.raises(DomainError, match="terlalu banyak"):
        cleaned('<g id="a"><use href="#a"/></g>')


def test_shape_that_is_used_often_stays():
    assert cleaned('<defs><path id="pohon"/></defs>' + '<use href="#pohon" x="4"/>' * 50).count("<use") == 50


def test_size_without_a_view_box_is_read():
    drawn = svg.clean(b'<svg xmlns="http://www.w3.org/2000/svg" width="400mm" height="200mm"/>')

    assert (drawn.width, drawn.height) == (rules.SVG_EDGE, rules.SVG_EDGE // 2)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_is_drawn_anew_on_white(app, kind):
    sheet = drawings.redraw(picture(kind, size=(4000, 2000)))

    assert (sheet.media_type, sheet.width, sheet.height) == ("image/webp", 3000, 1500)
    assert Image.open(BytesIO(sheet.content)).format == "WEBP"


def test_metadata_of_a_picture_is_gone(app):
    exif = Image.Exif()
    exif[0x010F] = "Ponsel rahasia"

    assert b"Ponsel" not in drawings.redraw(picture(exif=exif)).content


@pytest.mark.parametrize(
    "content", [b"", b"bukan gambar", b"%PDF-1.7", b"GIF89a" + b"\xff" * 60, b"\xff\xd8\xff\xe0"]
)
def test_what_is_no_drawing_is_refused(app, content):
    with pytest.raises(DomainError):
        drawings.redraw(BytesIO(content))


def test_drawing_opened_by_itself_runs_and_loads_nothing(app, client):
    drawing = drawings.keep_drawing(BytesIO(f"{HEAD}/>".encode()), MONDAY)

    with client.get(f"/drawings/{drawing.token}") as answer:
        assert answer.mimetype == "image/svg+xml"
        assert answer.headers["Content-Security-Policy"].endswith("sandbox")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/drawings/nothing").status_code == 404


def test_bytes_are_removed_with_their_last_drawing(app):
    first, second = (drawings.keep_drawing(BytesIO(f"{HEAD}/>".encode()), MONDAY) for _ in range(2))
    path = files.path_of(drawings.file_name(first.sha256, first.media_type))
    drawings.remove_drawing(first)
    assert path.exists()

    drawings.remove_drawing(second)
    assert not path.exists()
