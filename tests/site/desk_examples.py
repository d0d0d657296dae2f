"""Examples for the desk's addresses that are about no duty."""

from typing import Any

from portal.accounts.models import User
from portal.canned import services
from portal.organisation.models import Agency
from tests.builders import MONDAY

CANNED = ("canned", "update_canned", "retire_canned")
APART = ("canned_list", "new_canned", "create_canned", "export", "export_csv", "export_json")


def parts(agency: Agency, by: User | None) -> dict[str, dict[str, Any]]:
    """A canned answer of the agency."""
    assert by is not None
    canned = services.write("Lampu jalan", "Terima kasih, {nama}.", agency_id=agency.id, by=by, at=MONDAY)
    return {
        **{f"desk.{name}": {"canned_id": canned.id} for name in CANNED},
        **{f"desk.{name}": {} for name in APART},
    }
