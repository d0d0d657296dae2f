"""GeoReport v2 for programs of others: what can be filed, and filing it. No cookie, no form token.

The read side of requests is not here. Reading services and definitions is open to pages of any origin;
filing is not: a key belongs into a server, never into a page.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask.typing import ResponseReturnValue

from portal import clock, config, error_pages
from portal.categories.questions import labels as question_labels
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.errors import DomainError
from portal.i18n import _
from portal.open311 import formats, queries, reading, rules, services
from portal.open311.labels import FAULT
from portal.open311.rules import Fault, Refused
from portal.organisation.outside.labels import category_name
from portal.reports.filing.rules import RECEIPT_LIFETIME
from portal.security import csrf

bp = Blueprint("open311", __name__, url_prefix="/open311/v2")
csrf.exempt(bp)

DATATYPE = {
    QuestionKind.TEXT: "string",
    QuestionKind.NUMBER: "number",
    QuestionKind.CHOICE: "singlevaluelist",
}


def init_app(app: Flask) -> None:
    """Errors of every address below are told as the specification wants."""
    error_pages.speak("/open311/", _fault)


@bp.before_request
def keep_small() -> None:
    request.max_content_length = rules.BODY_BYTES


@bp.errorhandler(Refused)
def refuse(error: Refused) -> ResponseReturnValue:
    return formats.refusal(error.faults, formats.form_of(request.path), error.status, error.wait)


@bp.get("/services.<any(json, xml):form>")
def service_list(form: str) -> ResponseReturnValue:
    _check_jurisdiction(request.args)
    content = [
        {
            "service_code": category.code,
            "service_name": category_name(category),
            "description": question_labels.own(category, "description"),
            "metadata": asks,
            "type": "realtime",
            "keywords": "",
            "group": category.group,
        }
        for category, asks in queries.services(clock.now())
    ]
    return _open(formats.answer("services", content, form))


@bp.get("/services/<code>.<any(json, xml):form>")
def service_definition(code: str, form: str) -> ResponseReturnValue:
    _check_jurisdiction(request.args)
    category, asked = queries.service(code, clock.now())
    content = {"service_code": category.code, "attributes": _attributes(asked)}
    return _open(formats.answer("service_definition", content, form))


@bp.post("/requests.<any(json, xml):form>")
def create_request(form: str) -> ResponseReturnValue:
    now, fields = clock.now(), request.form
    client = services.let_in(fields.get("api_key", ""), request.remote_addr or "", at=now)
    _check_jurisdiction(fields)
    filing = reading.filing(fields, services.form_token(client, _reference()), at=now)
    try:
        filed = services.file(filing, by=client, at=now)
    except DomainError as error:
        raise Refused(400, str(error)) from error
    return formats.answer("service_requests", [_told(filed, fields)], form, 201)


@bp.get("/tokens/<token_id>.<any(json, xml):form>")
def token(token_id: str, form: str) -> ResponseReturnValue:
    """Numbers are given at once, so a number is its own token."""
    _check_jurisdiction(request.args)
    if not queries.is_known(token_id):
        raise Refused(404, _("Token ini tidak dikenal."))
    content = [{"service_request_id": token_id, "token": token_id}]
    return formats.answer("service_requests", content, form)


def _told(filed: services.Filed, fields: Mapping[str, str]) -> dict[str, Any]:
    """Number and way back, never a word of the text. Later only the number: as on a receipt's page."""
    told = {"service_request_id": filed.report.number, "account_id": None}
    notice = [_("Laporan diterima.")]
    if clock.now() - filed.report.received_at <= RECEIPT_LIFETIME:
        told |= {"tracking_code": filed.tracking_code, "passphrase": filed.passphrase}
        notice.append(
            _("Berikan kode lacak dan keempat katanya kepada pelapor; kami hanya menyimpan sidik jarinya.")
        )
    if fields.get("media_url"):
        notice.append(_("media_url tidak diambil dan tidak disimpan."))
    return {**told, "service_notice": " ".join(notice)}


def _attributes(asked: Sequence[CategoryQuestion]) -> list[dict[str, Any]]:
    return [
        {
            "variable": True,
            "code": question.code,
            "datatype": DATATYPE[question.kind],
            "required": question.is_required,
            "datatype_description": question_labels.own(question, "hint"),
            "order": place,
            "description": question_labels.own(question, "label"),
            "values": [{"key": key, "name": name} for key, name in question_labels.choices(question)],
        }
        for place, question in enumerate((one for one in asked if one.kind in DATATYPE), start=1)
    ]


def _reference() -> str:
    """The client's own name for this request, which files once."""
    reference = request.headers.get("Idempotency-Key", "")
    if len(reference) > rules.REFERENCE_LENGTH:
        raise Refused(400, _("Idempotency-Key paling panjang %(most)s huruf.", most=rules.REFERENCE_LENGTH))
    return reference


def _check_jurisdiction(fields: Mapping[str, str]) -> None:
    """It may be left out, since there is one city here."""
    own = config.current().public_url.split("//")[-1].split("/")[0].split(":")[0]
    if fields.get("jurisdiction_id", own) not in ("", own):
        raise Refused(404, _("jurisdiction_id di sini: %(own)s.", own=own))


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _fault(status: int, wait: str | None) -> ResponseReturnValue:
    status = status if status in FAULT else 500 if status >= 500 else 400
    faults = [Fault(status, str(FAULT[status]))]
    return formats.refusal(faults, formats.form_of(request.path), status, int(wait) if wait else None)
