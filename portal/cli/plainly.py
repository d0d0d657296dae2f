"""What stops a command is said in one sentence, without a traceback."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click
from huey.exceptions import ConfigurationError
from sqlalchemy.exc import OperationalError

from portal.cli.supervisor import ChildDied
from portal.errors import SettingsError

Params = ParamSpec("Params")
WRONG_SETTING, DIED = 2, 1


def plainly(command: Callable[Params, None]) -> Callable[Params, None]:
    """Turn the errors that an operator can mend into a sentence and an exit code."""

    @wraps(command)
    def told(*args: Params.args, **kwargs: Params.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except SettingsError as error:
            _stop(str(error), WRONG_SETTING)
        except OperationalError:
            _stop("The database cannot be reached: start it, or set DATABASE_URL.", WRONG_SETTING)
        except ConfigurationError:
            _stop("The queue's driver is missing: install it, or unset PORTAL_QUEUE_URL.", WRONG_SETTING)
        except ChildDied as error:
            _stop(str(error), DIED)

    return told


def _stop(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)
