"""`flask city found`: what a new city stands on before its tables are brought in."""

import click

from portal import clock, config
from portal.accounts import services as accounts
from portal.accounts.rules import Role
from portal.cli.city import cli
from portal.db import transaction
from portal.deadlines import importers as deadlines
from portal.errors import DomainError

__all__ = ["cli", "found"]  # the group of commands, with this one in it


@cli.command("found")
@click.option("--name", prompt="Nama administrator", help="The first administrator's name.")
@click.option("--email", prompt="Alamat surel", help="The address that the administrator signs in with.")
@click.password_option(prompt="Kata sandi", confirmation_prompt="Ulangi kata sandi")
def found(name: str, email: str, password: str) -> None:
    """Calendars and deadline policy as shipped, and the first administrator."""
    at = clock.now()
    try:
        with transaction():
            deadlines.seed(zone=config.current().time_zone, at=at)
            user = accounts.open_confirmed_account(
                name=name, email=email, password=password, language="id", at=at
            )
            accounts.give_roles(user, user.roles | {Role.ADMINISTRATOR})
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Kota siap; {user.email} adalah administrator.")
