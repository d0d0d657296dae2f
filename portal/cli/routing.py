"""`flask routing …`: learn from the city's own history, and say how well suggestions work."""

import click
from flask.cli import AppGroup

from portal import clock
from portal.cli.plainly import plainly
from portal.errors import DomainError
from portal.reports import lessons
from portal.reports import queries as reports
from portal.reports.queries.lessons import NEWEST
from portal.routing.learning import services
from portal.routing.learning.evaluation import WAYS, Figures
from portal.statistics.rules.intervals import wilson

cli = AppGroup("routing", help="Suggestions of who handles a report.")


@cli.command("learn")
@plainly
def learn() -> None:
    """Learn the next version. An administrator decides whether suggestions follow it."""
    try:
        model = lessons.learn(by=None, at=clock.now())
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Version {model.id}: {model.report_count} reports, {model.vocabulary_size} words.")


@cli.command("evaluate")
@click.option("--newest", default=NEWEST, help="Only so many reports, the newest.", show_default=True)
@plainly
def evaluate(newest: int) -> None:
    """Study the history as it is now and print the figures of each way; nothing is kept."""
    try:
        found = services.study(reports.lessons(limit=newest), at=clock.now())
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{found.report_count} reports, {found.learned.vocabulary_size} words.")
    _print("Held out, groups of like reports kept together", found.held_out)
    _print("Phrases of another city", found.phrases)


def _print(title: str, figures: Figures) -> None:
    click.echo(f"\n{title}: {figures.reports} texts, {figures.groups} groups")
    for way in WAYS:
        right = figures.ways[way]
        shares = " ".join(_share(count, figures.groups) for count in (right.first, right.among_three))
        click.echo(f"  {way:<10} {shares}")


def _share(count: int, of: int) -> str:
    interval = wilson(count, of)
    if interval is None:
        return "-"
    return f"{count / of:6.1%} ({interval.lower:.1%} to {interval.upper:.1%})"
