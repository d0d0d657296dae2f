"""The picture that stands for a report where somebody passed its address on: 1200 x 630, a PNG.

It holds a number, a state and a date, and nothing that somebody typed.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
FONT = Path(__file__).parents[3] / "static" / "fonts" / "plus-jakarta-sans-700.ttf"
KEPT = 64  # pictures in memory: one is about 20 kB
PAPER, INK, SOFT = "#faf6ee", "#211c17", "#5d544a"
TONES = {"running": "#0f4c5c", "late": "#a0280f", "wait": "#56536f", "met": "#2a642f", "quiet": "#5d544a"}
# Ground, warp, weft and light of the city's textile, as in portal.css.
THREADS = {
    "ulos": ("#7d1526", "#1d1714", "#d9a032", "#f6ead2"),
    "pinto": ("#12332a", "#8f1d22", "#e2b33f", "#fbf0cf"),
    "ikat": ("#20284f", "#8c2a1d", "#efe0c0", "#d2922f"),
}
KNOT = 12  # pixels of one thread of the border
# One lozenge of the border, a letter for each thread: ground, warp, weft, light.
LOZENGE = ("ggggwwgggg", "gggwffwggg", "ggwfllfwgg", "gwfllllfwg", "ggwfllfwgg", "gggwffwggg", "ggggwwgggg")


@dataclass(frozen=True)
class Card:
    """What the picture says; `tone` is running, late, wait, met or quiet."""

    theme: str
    city: str
    number: str
    kind: str
    state: str
    tone: str
    category: str = ""
    place: str = ""
    due: str = ""


@lru_cache(maxsize=KEPT)
def png(card: Card) -> bytes:
    """The picture, drawn once for the same words."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    top = _border(draw, THREADS.get(card.theme, THREADS["ulos"]))
    draw.text((MARGIN, top + 48), f"Balai Warga {card.city}", font=_font(34), fill=SOFT)
    draw.text((MARGIN, top + 104), card.kind, font=_font(44), fill=INK)
    draw.text((MARGIN, top + 158), card.number, font=_fitting(draw, card.number, 104), fill=TONES["running"])
    _state(draw, card, top + 312)
    about = " · ".join(part for part in (card.category, card.place) if part)
    draw.text((MARGIN, top + 420), about, font=_fitting(draw, about, 38), fill=INK)
    draw.text((MARGIN, top + 474), card.due, font=_fitting(draw, card.due, 34), fill=SOFT)
    written = BytesIO()
    # Anybody may ask for any report's: a smaller file took four times as long to write.
    image.quantize(64, method=Image.Quantize.FASTOCTREE).save(written, "PNG")
    return written.getvalue()


def _border(draw: ImageDraw.ImageDraw, threads: tuple[str, str, str, str]) -> int:
    """The woven selvedge along the top; returns where it ends."""
    colours = dict(zip("gwfl", threads, strict=True))
    for left in range(0, WIDTH, KNOT * len(LOZENGE[0])):
        for row, line in enumerate(LOZENGE):
            for column, thread in enumerate(line):
                x, y = left + column * KNOT, row * KNOT
                draw.rectangle((x, y, x + KNOT, y + KNOT), fill=colours[thread])
    return KNOT * len(LOZENGE)


def _state(draw: ImageDraw.ImageDraw, card: Card, top: int) -> None:
    """A band in the colour of its standing, with the words in it."""
    font = _fitting(draw, card.state, 44, WIDTH - 2 * MARGIN - 64)
    width = draw.textlength(card.state, font=font)
    draw.rounded_rectangle((MARGIN, top, MARGIN + width + 64, top + 84), 14, fill=TONES[card.tone])
    draw.text((MARGIN + 32, top + 42), card.state, font=font, fill=PAPER, anchor="lm")


def _fitting(
    draw: ImageDraw.ImageDraw, text: str, size: int, width: float = WIDTH - 2 * MARGIN
) -> ImageFont.FreeTypeFont:
    """The font as large as the line allows, at most `size`."""
    length = draw.textlength(text, font=_font(size))
    return _font(size) if length <= width else _font(max(20, int(size * width / length)))


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
