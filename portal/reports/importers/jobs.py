"""The watched folder is looked into by itself."""

from datetime import datetime, timedelta

from portal import config
from portal.jobs import registry
from portal.reports.importers import watching


@registry.long_periodic("reports.import-folder", every=timedelta(minutes=5))
def import_folder(at: datetime) -> None:
    folder = config.current().import_folder
    if folder is not None:
        watching.take_all(folder, at)
