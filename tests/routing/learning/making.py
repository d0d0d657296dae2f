"""Small histories to learn from."""

from typing import Any

from portal.routing.learning import services
from portal.routing.learning.evaluation import WAYS, Figures, Right
from portal.routing.learning.models import RoutingModel
from portal.routing.learning.services import Study
from portal.routing.learning.training import LABEL_REPORTS, Case, train
from tests.builders import MONDAY

LAMP = "Lampu jalan padam dan tiang listrik miring di depan mushala"
WASTE = "Sampah menumpuk dan bau busuk di depan pasar"


def make_cases(*labelled: tuple[str, str], count: int = LABEL_REPORTS) -> list[Case]:
    """So many reports of each (text, agency); each text a group of its own."""
    pairs = labelled or ((LAMP, "DISHUB"), (WASTE, "DLH"))
    return [
        Case(text=text, agency=agency, category=f"bidang_{agency}", area_code=None, group=text)
        for text, agency in pairs
        for _ in range(count)
    ]


def make_model(*labelled: tuple[str, str], **changes: Any) -> RoutingModel:
    """A version, trained from a small history; nobody uses it yet."""
    cases = make_cases(*labelled)
    figures = Figures(len(cases), 2, {way: Right(1, 2) for way in WAYS})
    found = Study(
        train(cases, keyword_weight=changes.pop("keyword_weight", 4.0)), len(cases), figures, figures
    )
    return services.keep(found, by=changes.pop("by", None), at=changes.pop("at", MONDAY))
