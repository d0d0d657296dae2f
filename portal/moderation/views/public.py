"""What everybody reads: the house rules and what was decided by them."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import page_cache
from portal.moderation import queries, rules, telling
from portal.moderation.labels import REASON, RULE
from portal.moderation.views.blueprint import bp


@bp.get("/house-rules")
@page_cache.public
def house_rules() -> ResponseReturnValue:
    return render_template(
        "moderation/house_rules.html",
        rules=[(REASON[reason], RULE[reason]) for reason in REASON],
        appeal_days=rules.APPEAL_FOR.days,
        threshold=rules.THRESHOLD / 100,
        weights={name: value / 100 for name, value in rules.WEIGHTS.items()},
    )


@bp.get("/moderation/log")
@page_cache.public
def log() -> ResponseReturnValue:
    before = request.args.get("before", type=int)
    decisions, next_before = queries.log(before=before)
    return render_template(
        "moderation/log.html",
        lines=[telling.line(decision) for decision in decisions],
        older_url=url_for(".log", before=next_before) if next_before else None,
        newer_url=url_for(".log") if before else None,
    )
