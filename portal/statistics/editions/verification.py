"""Compute every edition anew from its stored cases, and compare it with what was published."""

from collections.abc import Iterator
from typing import cast

from portal.errors import DomainError
from portal.statistics.editions import bundle, composing, figures, queries
from portal.statistics.editions.documents import EditionDocument
from portal.statistics.editions.models import Edition


def faults() -> Iterator[str]:
    """A sentence for everything that does not fit, from the first edition on."""
    previous_root, number = bundle.GENESIS, 0
    for edition in reversed(queries.editions()):
        number += 1
        if edition.number != number:
            yield f"edition {number} is missing: edition {edition.number} stands in its place"
            number = edition.number
        if edition.previous_root != previous_root:
            yield f"edition {number} does not continue the edition before it"
        yield from _of(edition)
        previous_root = edition.root


def _of(edition: Edition) -> Iterator[str]:
    files = {name: content for name, content in queries.files(edition.number).items() if name != bundle.CHAIN}
    manifest = bundle.manifest(edition.number, files, edition.previous_root)
    for name in sorted(set(files) | set(edition.manifest["files"])):
        if manifest["files"].get(name) != edition.manifest["files"].get(name):
            yield f"edition {edition.number}: {name} is not as it was published"
    if bundle.root(edition.manifest) != edition.root:
        yield f"edition {edition.number} does not have the root that it says"
    document = cast(EditionDocument, edition.document)
    if files.get("figures.json") != bundle.json_file(document["figures"]):
        yield f"edition {edition.number}: its page does not show the figures that were published"
    try:
        computed = figures.recomputed(
            composing.read_cases(files), until=document["figures"]["city"]["stock"]["at"]
        )
    except (DomainError, KeyError):
        yield f"edition {edition.number}: its cases cannot be read"
        return
    if bundle.json_file(computed) != bundle.json_file(document["figures"]):
        yield f"edition {edition.number}: its figures do not follow from its cases"
