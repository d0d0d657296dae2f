"""A job runner that is killed with SIGKILL at a chosen moment: `python -m tests.assignments.dying ...`."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine

from portal.app import create_app
from portal.assignments import letters
from portal.jobs import runner
from portal.notifications import mail
from tests.conftest import settings_for

BEFORE_COMMIT, BEFORE_LETTER, WHILE_SENDING = "before-commit", "before-letter", "while-sending"


def die(*_: Any, **__: Any) -> None:
    """As when the power fails."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(database_url: str, folder: str, moment: str, where: str) -> None:
    app = create_app(settings_for(database_url, Path(folder)))
    if where == BEFORE_COMMIT:
        letters.escalate = die  # the step is taken, and nobody is told yet
    if where == WHILE_SENDING:
        send = mail.send
        mail.send = lambda *given: (send(*given), die())
    with time_machine.travel(datetime.fromisoformat(moment), tick=False), app.app_context():
        runner.run_periodics()
        if where == WHILE_SENDING:
            runner.drain_outbox()
        die()


if __name__ == "__main__":
    main(*sys.argv[1:])
