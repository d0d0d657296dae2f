"""The door for a WSGI server: `wsgi:app`."""

import sys

from portal.app import create_app
from portal.errors import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)
