"""The page of photos as a form: files, and for each photo that is there what it shows."""

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, MultipleFileField, StringField
from wtforms.validators import Length

from portal.forms import plain
from portal.i18n import _, _l
from portal.reports import rules
from portal.reports.filing.question import Question
from portal.reports.filing.rules import DraftPhoto

TOO_LONG = _l("Paling panjang 200 huruf.")


class PhotosForm(Question):
    camera = FileField(_l("Ambil foto"))
    photos = MultipleFileField(_l("Pilih dari galeri"))

    def words_of(self, photo: DraftPhoto) -> dict[str, str]:
        """What stands beside a photo."""
        caption, alt = self.beside(photo)
        return {"caption": caption.data or "", "alt": alt.data or ""}

    def beside(self, photo: DraftPhoto) -> tuple[Any, Any]:
        """The two fields of a photo."""
        return self[f"caption-{photo.id}"], self[f"alt-{photo.id}"]


def of(photos: Sequence[DraftPhoto], **options: Any) -> PhotosForm:
    """The form with two fields for each of these photos."""
    fields: dict[str, Any] = {}
    for place, photo in enumerate(photos, start=1):
        fields[f"caption-{photo.id}"] = _text(_("Keterangan foto %(number)s", number=place))
        fields[f"alt-{photo.id}"] = _text(_("Yang tampak di foto %(number)s", number=place))
    shape = type("PhotosForm", (PhotosForm,), fields)
    words = {f"{name}-{photo.id}": getattr(photo, name) for photo in photos for name in ("caption", "alt")}
    form: PhotosForm = shape(data=words, **options)
    return form


def _text(label: str) -> StringField:
    long = Length(max=rules.CAPTION_LENGTH, message=TOO_LONG)
    return StringField(label, filters=[plain], validators=[long])
