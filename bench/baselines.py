"""What the portal is measured against: a bare Flask hello, and a naive page of 25 rows."""

import os

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

hello = Flask("hello")


@hello.get("/")
def say_hello() -> str:
    return "hello"


class Base(DeclarativeBase):
    pass


database = SQLAlchemy(model_class=Base)


class Row(database.Model):  # type: ignore[name-defined,misc]  # the extension makes its base at run time
    __tablename__ = "bench_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    place: Mapped[str]


PAGE = """<!doctype html><html lang="id"><title>Laporan</title><h1>Laporan</h1><ul>
{% for row in rows %}
<li><a href="/reports/{{ row.number }}">{{ row.title }}</a> {{ row.number }} {{ row.place }}</li>
{% endfor %}</ul></html>"""

naive = Flask("naive")
naive.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://")
naive.jinja_loader = DictLoader({"page.html": PAGE})
database.init_app(naive)


@naive.get("/")
def naive_list() -> str:
    query = database.select(Row).order_by(Row.number.desc()).limit(25)
    return render_template("page.html", rows=database.session.scalars(query).all())


def fill(address: str, count: int) -> None:
    """Make the table with so many rows."""
    engine = create_engine(address)
    Row.metadata.create_all(engine)
    rows = [
        {"number": f"MDN-26-{n:06}", "title": f"Lampu jalan mati nomor {n}", "place": "Harjosari I"}
        for n in range(count)
    ]
    with engine.begin() as connection:
        connection.execute(insert(Row), rows)
    engine.dispose()
