"""What came in from the watched folder, row by row."""

from flask import Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from portal import config, sheets
from portal.administration.views.blueprint import bp, found
from portal.reports.importers import queries, watching, words
from portal.reports.importers.models import ImportRun
from portal.reports.importers.outcomes import RowResult

COLUMNS = ("line", "source_number", "outcome", "report_number", "reason")


@bp.get("/imports")
def imports() -> ResponseReturnValue:
    runs = queries.runs(request.args.get("before", type=int))
    shown = runs[: queries.PAGE_SIZE]
    folder = config.current().import_folder
    return render_template(
        "administration/imports.html",
        runs=shown,
        older_url=url_for(".imports", before=shown[-1].id) if len(runs) > len(shown) else None,
        folder=folder,
        is_usable=folder is None or watching.is_usable(folder),
        states=words.STATE,
        tones=words.STATE_TONE,
        why=words.tell,
    )


@bp.get("/imports/<int:run_id>")
def import_run(run_id: int) -> ResponseReturnValue:
    run, wanted = found(ImportRun, run_id), request.args.get("result", "")
    result = RowResult(wanted) if wanted in set(RowResult) else None
    rows = queries.rows(run.id, result, request.args.get("after", 0, type=int))
    shown = rows[: queries.PAGE_SIZE]
    following = url_for(".import_run", run_id=run.id, result=result, after=shown[-1].line) if shown else None
    return render_template(
        "administration/import_run.html",
        run=run,
        rows=shown,
        older_url=following if len(rows) > len(shown) else None,
        result=result or "",
        results=[(one.value, label) for one, label in words.RESULT.items()],
        labels=words.RESULT,
        tones=words.RESULT_TONE,
        state=words.STATE[run.state],
        state_tone=words.STATE_TONE[run.state],
        why=words.tell,
    )


@bp.get("/imports/<int:run_id>/rows.csv")
def import_rows(run_id: int) -> ResponseReturnValue:
    run = found(ImportRun, run_id)
    lines = sheets.lines(
        COLUMNS,
        (
            (row.line, row.source_id, row.result.value, row.number, words.tell(row.why, row.values))
            for row in queries.all_rows(run.id)
        ),
    )
    response = Response(stream_with_context(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="import-{run.id}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
