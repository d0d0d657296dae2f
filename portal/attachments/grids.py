"""A grid over a photo, of boxes to tick: covers faces and plates without JavaScript."""

from dataclasses import dataclass

from flask import request, url_for
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from portal.attachments.covering import COLUMNS, Box, Grid
from portal.attachments.models import Attachment
from portal.forms import Form
from portal.i18n import _l


class GridForm(Form):
    cell = SelectMultipleField(
        _l("Petak yang ditutup"),
        coerce=int,
        validate_choice=False,
        validators=[InputRequired(_l("Pilih paling sedikit satu petak di atas foto."))],
    )

    def boxes(self, attachment: Attachment) -> list[Box]:
        """The ticked cells as parts of the photo."""
        return grid_of(attachment).boxes(self.cell.data or [])


@dataclass(frozen=True)
class ShownGrid:
    """What the template draws; `cells` are (number, row, column, whether it is ticked), rows and columns
    counted from one, and `sizes` the other numbers of columns with their addresses."""

    url: str
    width: int
    height: int
    columns: int
    cells: list[tuple[int, int, int, bool]]
    sizes: list[tuple[bool, str]]


def grid_of(attachment: Attachment) -> Grid:
    """As fine as the address says."""
    asked = request.args.get("columns", type=int)
    columns = asked if asked in COLUMNS else COLUMNS[0]
    return Grid.over(attachment.width, attachment.height, columns=columns)


def of(attachment: Attachment, form: GridForm) -> ShownGrid:
    grid, ticked = grid_of(attachment), set(form.cell.data or [])
    arguments = {**(request.view_args or {}), **request.args.to_dict()}
    endpoint = request.endpoint or ""
    return ShownGrid(
        url=url_for("attachments.large", token=attachment.token),
        width=attachment.width,
        height=attachment.height,
        columns=grid.columns,
        cells=[
            (cell, cell // grid.columns + 1, cell % grid.columns + 1, cell in ticked)
            for cell in range(len(grid))
        ],
        sizes=[
            (columns > grid.columns, url_for(endpoint, **{**arguments, "columns": columns}))
            for columns in COLUMNS
            if columns != grid.columns
        ],
    )
