"""The writer has noted code and words: the receipt shows them to nobody any more."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from portal import htmx
from portal.forms import Form
from portal.reports import queries as reports
from portal.reports import tracking
from portal.reports.filing import receipts
from portal.reports.filing.views.base import bp


@bp.post("/<token>/receipt/closing")
def close_receipt(token: str) -> ResponseReturnValue:
    report = reports.by_form_token(tracking.token_digest(token))
    if report is None:
        abort(404)
    if Form().validate_on_submit():
        receipts.close(report)
    return htmx.go(url_for(".receipt", token=token))
