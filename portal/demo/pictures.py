"""Drawn pictures that stand for residents' photos: no real photo is in the demo."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.demo.case import Case
from portal.reports.models import ReportPhoto

WIDTH, HEIGHT = 960, 720
HORIZON = 300
SHARE = 0.04  # of the reports of a category that has a picture

SKY, DUSK = ((176, 205, 224), (226, 233, 232)), ((24, 30, 52), (62, 58, 84))
ASPHALT, GRASS, EARTH, WATER = (92, 93, 97), (94, 128, 78), (132, 104, 76), (104, 96, 78)

Point = tuple[float, float]


def draw(at: datetime) -> Mapping[str, Attachment]:
    """One picture for each category that has one, kept like a photo that somebody sent."""
    return {category: _keep(painter(), at) for category, painter in PAINTERS.items()}


def add(chance: Random, case: Case, photos: Mapping[str, Attachment]) -> None:
    """Give some reports a photo: a row of their own, the same bytes."""
    photo = photos.get(case.report.category_code)
    if photo is None or chance.random() >= SHARE:
        return
    copy = Attachment(
        token=hashlib.sha256(case.report.number.encode()).hexdigest()[:32],
        sha256=photo.sha256,
        media_type=photo.media_type,
        width=photo.width,
        height=photo.height,
        byte_count=photo.byte_count,
        created_at=case.received_at,
    )
    caption, alt = SAID[case.report.category_code]
    shown = ReportPhoto(attachment=copy, position=0, caption=caption, alt=alt)
    if case.report.title:  # what everybody may read stands there already
        shown.public_caption, shown.public_alt = caption, alt
    case.report.photos.append(shown)


def _keep(image: Image.Image, at: datetime) -> Attachment:
    file = BytesIO()
    image.save(file, "PNG")
    return attachments.keep_image(file, at)


def _scene(
    sky: tuple[tuple[int, int, int], tuple[int, int, int]], ground: tuple[int, int, int]
) -> Image.Image:
    """A street between two rows of houses."""
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    pen = ImageDraw.Draw(image)
    top, low = sky
    for y in range(HORIZON):
        part = y / HORIZON
        pen.line(
            [(0, y), (WIDTH, y)],
            fill=tuple(round(a + (b - a) * part) for a, b in zip(top, low, strict=True)),
        )
    is_dark = sum(top) < 200
    for place, (x, height) in enumerate(((0, 150), (110, 105), (720, 120), (850, 165))):
        shade = 44 if is_dark else 150
        wall = (shade + 14 * place, shade + 6 * place, shade)
        pen.rectangle([x, HORIZON - height, x + 105, HORIZON + 6], fill=wall)
        pen.polygon(
            [(x - 8, HORIZON - height), (x + 52, HORIZON - height - 46), (x + 113, HORIZON - height)],
            fill=(70, 46, 42) if is_dark else (146, 82, 66),
        )
        window = (222, 186, 104) if is_dark else (212, 224, 228)
        pen.rectangle([x + 30, HORIZON - height + 34, x + 62, HORIZON - height + 68], fill=window)
    return image


def _road(image: Image.Image, colour: tuple[int, int, int] = ASPHALT) -> ImageDraw.ImageDraw:
    pen = ImageDraw.Draw(image)
    pen.polygon([(400, HORIZON), (560, HORIZON), (900, HEIGHT), (60, HEIGHT)], fill=colour)
    for step in range(6):
        y = HORIZON + 30 + step * step * 12
        pen.polygon(
            [
                (476 - step, y),
                (484 + step, y),
                (487 + step, y + 10 + step * 4),
                (473 - step, y + 10 + step * 4),
            ],
            fill=(214, 210, 196),
        )
    return pen


def _blob(centre: Point, size: Point, seed: int) -> Sequence[Point]:
    """A rough round shape."""
    chance = Random(seed)
    return [
        (
            centre[0] + math.cos(turn) * size[0] * chance.uniform(0.8, 1.15),
            centre[1] + math.sin(turn) * size[1] * chance.uniform(0.8, 1.15),
        )
        for turn in (2 * math.pi * place / 22 for place in range(22))
    ]


def _pothole() -> Image.Image:
    image = _scene(SKY, GRASS)
    pen = _road(image)
    for centre, size, seed in (((440, 560), (150, 58), 1), ((600, 430), (60, 20), 2)):
        pen.polygon(_blob(centre, size, seed), fill=(66, 60, 56))
        pen.polygon(_blob(centre, (size[0] * 0.8, size[1] * 0.72), seed + 7), fill=(52, 46, 42))
        water = _blob((centre[0], centre[1] + 6), (size[0] * 0.6, size[1] * 0.45), seed + 9)
        pen.polygon(water, fill=(126, 132, 132))
    return image


def _street_light() -> Image.Image:
    image = _scene(DUSK, (40, 46, 44))
    pen = _road(image, (48, 49, 56))
    for x, size, is_lit in ((250, 1.0, False), (640, 0.62, True)):
        foot, top = HORIZON + 250 * size, HORIZON - 190 * size
        pen.line([(x, foot), (x, top), (x + 80 * size, top - 14 * size)], fill=(128, 132, 140), width=9)
        head = [x + 66 * size, top - 28 * size, x + 118 * size, top - 4 * size]
        pen.ellipse(head, fill=(250, 226, 148) if is_lit else (58, 60, 66))
    glow = Image.new("L", image.size, 0)
    light = ImageDraw.Draw(glow)
    light.polygon([(690, 176), (810, 470), (560, 470)], fill=70)
    image.paste((250, 226, 148), mask=glow.filter(ImageFilter.GaussianBlur(26)))
    return image


def _rubbish() -> Image.Image:
    image = _scene(SKY, GRASS)
    pen = _road(image)
    colours = ((34, 36, 40), (48, 84, 128), (206, 206, 200), (150, 60, 52), (62, 104, 66), (214, 170, 70))
    chance = Random(5)
    for place in range(46):
        spread = chance.gauss(0, 105)
        centre = (640 + spread, 560 - (160 - abs(spread)) * chance.random() * 0.9)
        size = (chance.uniform(26, 58), chance.uniform(20, 40))
        pen.polygon(_blob(centre, size, place), fill=colours[place % len(colours)])
    return image


def _tree() -> Image.Image:
    image = _scene(SKY, GRASS)
    pen = _road(image)
    pen.line([(150, 640), (690, 430)], fill=(96, 70, 50), width=44)
    for place, (x, y) in enumerate(((690, 400), (780, 440), (740, 500), (620, 470), (830, 510), (700, 350))):
        pen.polygon(_blob((x, y), (94, 66), place), fill=(56 + 9 * place, 104 + 7 * place, 54))
    return image


def _flood() -> Image.Image:
    image = _scene(((128, 138, 148), (176, 182, 186)), EARTH)
    pen = ImageDraw.Draw(image)
    pen.rectangle([0, HORIZON - 34, WIDTH, HEIGHT], fill=WATER)
    chance = Random(8)
    for _ in range(90):
        x, y = chance.uniform(0, WIDTH), chance.uniform(HORIZON - 20, HEIGHT)
        length = (y - HORIZON + 60) * 0.3
        pen.line([(x, y), (x + length, y)], fill=(136, 128, 108), width=3)
    pen.polygon([(360, 470), (392, 412), (530, 412), (572, 470)], fill=(58, 84, 118))
    pen.polygon([(388, 462), (408, 424), (458, 424), (458, 462)], fill=(178, 194, 202))
    pen.polygon([(470, 462), (470, 424), (520, 424), (546, 462)], fill=(178, 194, 202))
    pen.rectangle([322, 470, 618, 496], fill=(58, 84, 118))
    pen.line([(296, 498), (646, 498)], fill=(150, 142, 120), width=5)
    return image


def _drain() -> Image.Image:
    image = _scene(SKY, GRASS)
    pen = _road(image)
    pen.polygon(
        [(620, HORIZON), (668, HORIZON), (960, 640), (960, HEIGHT), (820, HEIGHT)], fill=(150, 148, 142)
    )
    pen.polygon([(632, HORIZON), (656, HORIZON), (960, 700), (960, HEIGHT), (850, HEIGHT)], fill=(48, 46, 38))
    chance = Random(11)
    for place in range(26):
        part = chance.random()
        centre = (650 + part * 250, HORIZON + 20 + part * 370)
        pen.polygon(
            _blob(centre, (8 + 20 * part, 6 + 12 * part), place),
            fill=((92, 80, 52), (200, 196, 186), (60, 92, 122))[place % 3],
        )
    return image


# What residents wrote below a photo, and what is to be seen on it.
SAID = {
    "jalan_rusak": ("Diambil dari depan warung", "Lubang besar berisi air di tengah jalan"),
    "pju": ("Yang mati tiang pertama", "Dua tiang lampu pada malam hari, hanya satu yang menyala"),
    "sampah": ("Sudah tiga hari begini", "Tumpukan kantong sampah di tepi jalan"),
    "pohon": ("", "Pohon tumbang melintang di jalan"),
    "drainase_banjir": ("Paritnya tersumbat sampah", "Parit di sisi jalan, penuh lumpur dan sampah"),
    "bencana": ("Air naik sejak subuh", "Mobil terendam air sampai ke jendela"),
}
PAINTERS = {
    "jalan_rusak": _pothole,
    "pju": _street_light,
    "sampah": _rubbish,
    "pohon": _tree,
    "drainase_banjir": _drain,
    "bencana": _flood,
}
