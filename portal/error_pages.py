"""One calm page for everything that goes wrong, in the reader's language."""

from collections.abc import Callable

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from portal import htmx
from portal.db import db
from portal.i18n import _l

WORDS = {
    400: (
        _l("Formulir ini sudah kedaluwarsa"),
        _l("Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi. Isian Anda belum terkirim."),
    ),
    403: (
        _l("Halaman ini bukan untuk akun Anda"),
        _l("Jika Anda yakin seharusnya boleh membukanya, masuk dengan akun lain atau hubungi pengelola."),
    ),
    404: (
        _l("Halaman ini tidak ada"),
        _l("Mungkin alamatnya salah ketik atau sudah berubah. Anda bisa mencari laporan dengan nomornya."),
    ),
    405: (
        _l("Halaman ini tidak bisa dibuka seperti itu"),
        _l("Kembali ke halaman sebelumnya dan gunakan tombol yang tersedia."),
    ),
    413: (
        _l("Kiriman Anda terlalu besar"),
        _l("Setiap foto paling besar 10 MB, paling banyak lima foto. Kurangi lalu kirim lagi."),
    ),
    422: (
        _l("Kiriman Anda tidak dapat dibaca"),
        _l("Kembali ke halaman sebelumnya, periksa isian Anda, lalu kirim lagi."),
    ),
    429: (
        _l("Terlalu banyak permintaan"),
        _l("Tunggu beberapa menit, lalu coba lagi. Tidak ada yang hilang dari yang sudah diterima."),
    ),
    500: (
        _l("Ada yang salah di pihak kami"),
        _l("Kesalahan ini sudah dicatat. Coba lagi sebentar lagi; yang sudah diterima tetap aman."),
    ),
    503: (
        _l("Portal sedang tidak dapat melayani"),
        _l(
            "Basis data sedang tidak terjangkau. Coba lagi beberapa menit lagi; "
            "yang sudah diterima tetap aman."
        ),
    ),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(CSRFError, answer)
    app.register_error_handler(OperationalError, _database_down)
    app.register_error_handler(DataError, _beyond_all_columns)
    app.register_error_handler(OverflowError, _beyond_all_columns)
    app.register_error_handler(Exception, _broken)


Face = Callable[[int, str | None], ResponseReturnValue]
_faces: dict[str, Face] = {}


def speak(prefix: str, face: Face) -> None:
    """Below these addresses machines are answered by `face(status, seconds to wait)`, unknown paths too."""
    _faces[prefix] = face


def _page(status: int, wait: str | None = None) -> ResponseReturnValue:
    for prefix, face in _faces.items():
        if request.path.startswith(prefix):
            return face(status, wait)
    # The page must stand when the database does not: nothing in it asks who is signed in. A refusal comes
    # after that was asked, and would mislead if it offered to sign in.
    g.without_user = status != 403
    title, text = WORDS.get(status, WORDS[500 if status >= 500 else 422])
    # A part of a page that could not be had says so in its place; what was typed around it stays.
    page = htmx.render("errors/error.html", block="main", status=status, code=status, title=title, text=text)
    page.headers.update({"Cache-Control": "no-store", **({"Retry-After": wait} if wait else {})})
    return page


def answer(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response  # abort(redirect(...)) of the authorization
    if error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code, "60" if error.code in (429, 503) else None)


def _database_down(error: OperationalError) -> ResponseReturnValue:
    _log(error)
    return _page(503, "60")


def _beyond_all_columns(error: Exception) -> ResponseReturnValue:
    """A number or text that no page of ours sends: PostgreSQL refuses it, SQLite's driver cannot hold it."""
    db.session.rollback()
    return _page(422)


def _broken(error: Exception) -> ResponseReturnValue:
    _log(error)
    return _page(500)


def _log(error: Exception) -> None:
    current_app.logger.error("request failed", exc_info=error)
