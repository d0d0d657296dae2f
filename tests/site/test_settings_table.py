"""The README's table of settings says what the code reads."""

import re
from dataclasses import fields

from portal.config import ROOT, Settings

ROW = re.compile(r"^\| `([A-Z0-9_]+)` \| (?:`([^`]*)`)? *\| (.+) \|$", re.MULTILINE)


def test_table_of_settings_is_the_one_of_the_code():
    table = [tuple(row) for row in ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))]

    assert table == [
        (setting.metadata["env"], _written(setting.default), setting.metadata["meaning"])
        for setting in fields(Settings)
    ]


def _written(default: object) -> str:
    """As it would be written into the environment."""
    return str(int(default)) if isinstance(default, bool) else str(default)
