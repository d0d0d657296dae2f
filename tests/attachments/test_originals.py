"""What is kept of a proof is what came."""

from portal.attachments import files, originals
from tests.assignments.photos import photo


def test_damaged_original_is_written_anew_when_its_bytes_come_again(app):
    kept = originals.keep(photo())
    files.path_of(originals.file_name(kept.sha256)).write_bytes(b"changed")
    was_whole = originals.is_whole(kept.sha256)

    originals.keep(photo())

    assert (was_whole, originals.is_whole(kept.sha256)) == (False, True)
