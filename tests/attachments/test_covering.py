"""What is covered is gone: from the pixels, from both sizes, from every other address."""

import pytest
from PIL import Image, ImageDraw

from portal.attachments import covering, names
from portal.attachments.covering import Box, Grid

pytestmark = pytest.mark.engine_free

SIZE = (400, 300)
PLATE = Box(0.25, 0.5, 0.75, 0.7)


def plate(text: str) -> Image.Image:
    image = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(image).text((110, 165), text, fill="black", font_size=34)
    return image


def covered(image: Image.Image, box: Box = PLATE, **options: int) -> Image.Image:
    copy = image.copy()
    covering.pixelate(copy, [box], **options)
    return copy


def test_nobody_reads_a_plate_out_of_what_is_left_of_it():
    """Whoever covers every possible plate the same way finds hundreds behind each outcome."""
    plates = [plate(f"BK {number} AB") for number in range(1000, 10_000, 90)]

    assert len({image.tobytes() for image in plates}) == 100
    assert len({covered(image).tobytes() for image in plates}) <= 12


def test_a_covered_box_holds_a_handful_of_rounded_colours():
    noise = Image.effect_noise(SIZE, 120).convert("RGB")
    colours = covered(noise).crop((100, 150, 300, 210)).getcolors()

    assert len(colours) <= covering.BLOCKS**2
    assert {value % covering.SHADE for _, colour in colours for value in colour} == {covering.SHADE // 2}


def test_nothing_beside_the_box_changes():
    noise = Image.effect_noise(SIZE, 120).convert("RGB")

    assert covered(noise).crop((0, 0, 400, 150)).tobytes() == noise.crop((0, 0, 400, 150)).tobytes()


@pytest.mark.parametrize(
    "box", [Box(0, 0, 1, 1), Box(0.999, 0.999, 1, 1), Box(-1, -1, 3, 3), Box(0.5, 0.5, 0.5, 0.5)]
)
def test_every_box_stays_inside_the_picture(box):
    assert covered(plate("x"), box).size == SIZE


def test_cells_of_a_grid_cover_the_whole_picture_without_a_gap():
    grid = Grid.over(*SIZE)
    image = plate("BK 1234 AB")
    covering.pixelate(image, grid.boxes(range(len(grid))), blocks=1)

    assert (grid.columns, grid.rows) == (12, 9)
    colours = [colour for _, colour in image.getcolors()]
    assert {value % covering.SHADE for colour in colours for value in colour} == {covering.SHADE // 2}


@pytest.mark.parametrize("cell", [-1, 108, 10**9])
def test_cells_outside_the_grid_cover_nothing(cell):
    assert Grid.over(*SIZE).boxes([cell]) == []


@pytest.mark.parametrize("size", [(5000, 1), (1, 5000), (80, 1600)])
def test_grids_over_strips_stay_small(size):
    assert 0 < len(Grid.over(*size, columns=24)) <= 24 * covering.MAX_ROWS


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("IMG_1.jpg", "IMG_1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Siti\\foto.jpg", "foto.jpg"),
        ("gpj.\u202eexe\x00\x1b[31m\n.jpg", "gpj.exe[31m.jpg"),
        ("x" * 300, "x" * 39 + "…"),
        (None, ""),
    ],
)
def test_names_are_shown_without_paths_and_signs_that_mislead(sent, shown):
    assert names.shown(sent) == shown
