"""What may be learned from a text, and how it is judged."""

import json

import pytest

from portal.routing.learning import evaluation, grouping, speaking
from portal.routing.learning.evaluation import Figures, Held
from portal.routing.learning.training import (
    LABEL_REPORTS,
    WORD_REPORTS,
    Case,
    Learned,
    label_of,
    telling,
    train,
)
from tests.routing.learning.making import LAMP, WASTE, make_cases

pytestmark = pytest.mark.engine_free


def case(text, agency="DLH", group=""):
    return Case(text=text, agency=agency, category="x", area_code=None, group=group or text)


def test_a_word_of_too_few_reports_is_kept_nowhere():
    cases = make_cases((WASTE, "DLH"), (LAMP, "DISHUB"))
    cases += [case(f"{WASTE} Hutabarat", group=str(n)) for n in range(WORD_REPORTS - 1)]

    stored = json.dumps(train(cases, keyword_weight=1.0).stored())

    assert "hutabarat" not in stored
    assert "sampah" in stored


def test_many_sightings_in_one_report_are_still_one_report():
    cases = [*make_cases(), case("Hutabarat " * 50)]

    assert "hutabarat" not in json.dumps(train(cases, keyword_weight=1.0).stored())


def test_numbers_are_never_learned():
    cases = make_cases((f"{WASTE} nomor 17 RT03", "DLH"))

    assert not any(
        sign.isdigit() for sign in json.dumps(train(cases, keyword_weight=1.0).stored()["written"])
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Lampu di Jalan Karya Setuju padam", ["lampu", "jalan", "padam"]),
        ("Sampah di Pasar Sukaramai, bau", ["sampah", "pasar", "bau"]),
        ("jalan rusak", ["jalan", "rusak"]),
    ],
)
def test_names_of_streets_and_areas_say_nothing_of_the_agency(text, left):
    assert [word.stem for word in telling(text)] == left


def test_an_agency_of_too_few_reports_is_left_to_the_keywords():
    cases = make_cases((WASTE, "DLH")) + make_cases((LAMP, "DISHUB"), count=LABEL_REPORTS - 1)

    assert set(train(cases, keyword_weight=1.0).agencies.reports) == {"DLH"}


def test_offices_of_every_kecamatan_are_learned_as_one():
    assert label_of("KEC-AMPLAS", "kecamatan") == label_of("KEC-KOTA", "kecamatan") == "kind:kecamatan"
    assert label_of("DLH", "dinas") == "DLH"


def test_words_are_shown_as_people_write_them():
    learned = train(make_cases(), keyword_weight=1.0)

    (first, *_) = speaking.loudest(learned.agencies, learned.written, "DISHUB", limit=3)

    assert first.word in LAMP.casefold().split()
    assert first.log_odds > 0


def test_a_copy_is_never_judged_by_its_twin():
    copies = [case(f"{WASTE} sejak {word} yang lalu") for word in ("Senin", "Rabu", "Jumat")]
    other = case(LAMP, "DISHUB")

    groups = [one.group for one in grouping.grouped([*copies, other])]

    assert len(set(groups[:3])) == 1
    assert groups[3] != groups[0]


def test_held_out_reports_were_not_learned_from():
    """Each agency has one wording of its own: who has not seen it can know nothing of it."""
    cases = make_cases((WASTE, "DLH"), (LAMP, "DISHUB"))

    figures = evaluation.figures_of(evaluation.held_out(cases, lambda text, area: {}, {}))

    assert figures.groups == 2
    assert figures.ways["learned"].first == 0


def held(group, label, *, keywords=None, words=None):
    return Held(
        group, label, {"DLH": 2, "DISHUB": 1}, keywords or {}, {}, words or {"DLH": -0.1, "DISHUB": -3}
    )


def test_each_group_counts_once_however_many_reports_it_has():
    many = [held("a", "DLH") for _ in range(9)]

    figures = evaluation.figures_of([*many, held("b", "DISHUB")])

    assert (figures.reports, figures.groups) == (10, 2)
    assert figures.ways["majority"].first == 1


def test_keywords_that_say_nothing_are_not_right_by_chance():
    assert evaluation.right([held("a", "DLH")], "keywords", 1.0).among_three == 0


def test_the_weight_of_keywords_is_never_chosen_on_what_it_judges():
    """Two groups that want opposite weights: each gets the other's, and both are wrong."""
    wants_words = held("a", "DLH", keywords={"DISHUB": 1.0}, words={"DLH": -0.1, "DISHUB": -2.5})
    wants_keywords = held("b", "DISHUB", keywords={"DISHUB": 1.0}, words={"DLH": -0.1, "DISHUB": -9.0})

    assert evaluation.figures_of([wants_words, wants_keywords]).ways["combined"].first == 0
    assert evaluation.figures_of([wants_words, wants_keywords], weight=0.5).ways["combined"].first == 1


def test_figures_and_versions_read_back_the_same():
    figures = evaluation.figures_of([held("a", "DLH")])
    learned = train(make_cases(), keyword_weight=2.0)

    assert Figures.read(json.loads(json.dumps(figures.stored()))) == figures
    assert Learned.read(json.loads(json.dumps(learned.stored()))) == learned


def test_the_name_of_an_agency_speaks_only_where_no_keyword_does():
    names = speaking.names([("DISDIK", "Dinas Pendidikan"), ("DINKES", "Dinas Kesehatan")])

    assert speaking.scores("Lembaga pendidikan", None, {}, names) == {"DISDIK": speaking.NAME_POINTS}
    assert speaking.scores("Lembaga pendidikan", None, {"DLH": 3.0}, names) == {"DLH": 3.0}
