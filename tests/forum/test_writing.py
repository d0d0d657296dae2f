"""People open threads, reply, quote and edit; what they typed is never lost and never said twice."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.forum import services
from portal.forum.models import Post, PostPhoto, Thread
from portal.ledger import queries as ledger
from tests.builders import MONDAY, make_post, make_thread
from tests.forum.conftest import City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]
TYPED = {"title": "Jam angkot pagi", "body": "Jarang lewat **sebelum** pukul enam."}


def picture() -> BytesIO:
    stream = BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "PNG")
    stream.seek(0)
    return stream


def test_resident_opens_a_thread_and_everybody_reads_it(
    client: CheckingClient, login: Login, city: City
) -> None:
    ani = login(city.ani)

    sent = ani.submit(ani.get("/forum/new?category=angkutan"), "/forum/new", area=city.district.code, **TYPED)
    page = client.get(sent.location)

    for words in ("Jam angkot pagi", "<strong>sebelum</strong>", "Ani Lubis", "Angkutan", "Medan Amplas"):
        assert words in page.text


def test_preview_shows_the_text_and_says_nothing(login: Login, city: City) -> None:
    ani = login(city.ani)

    page = ani.submit(ani.get("/forum/new?category=angkutan"), "/forum/new", preview="1", **TYPED)

    assert page.status_code == 200
    assert "<strong>sebelum</strong>" in page.text
    assert 'value="Jam angkot pagi"' in page.text
    assert db.session.scalar(db.select(db.func.count(Thread.id))) == 0


def test_htmx_gets_the_preview_alone(login: Login, city: City) -> None:
    thread = make_thread(city.talk)
    ani = login(city.ani)

    answer = ani.post(
        f"/forum/{thread.number}/reply",
        data={"body": "*ya*", "preview": "1", "csrf_token": token(ani, f"/forum/{thread.number}/reply")},
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )

    assert answer.text.strip().startswith('<div id="preview"')
    assert "<em>ya</em>" in answer.text


def token(client: CheckingClient, path: str) -> str:
    return client.get(path).text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]


def test_what_was_typed_stays_when_something_is_missing(login: Login, city: City) -> None:
    ani = login(city.ani)

    page = ani.submit(ani.get("/forum/new"), "/forum/new", title="", body="Cerita saya yang panjang")

    assert page.status_code == 422
    assert "Cerita saya yang panjang" in page.text
    assert "Tulis judulnya." in page.text


def test_form_that_is_sent_twice_says_it_once(login: Login, city: City) -> None:
    thread = make_thread(city.talk)
    ani = login(city.ani)
    form = ani.get(f"/forum/{thread.number}/reply")

    first = ani.submit(form, "/reply", body="Saya setuju.")
    again = ani.submit(form, "/reply", body="Saya setuju.")

    assert first.location == again.location
    assert thread.reply_count == 1


def test_quote_names_its_writer_and_leads_to_the_post(login: Login, city: City) -> None:
    post = make_post(by=city.budi, body="Baris satu\n\nBaris dua")
    ani = login(city.ani)

    form = ani.get(f"/forum/{post.thread.number}/reply?quote={post.number}")
    sent = ani.submit(form, "/reply")
    page = ani.get(sent.location)

    assert "<blockquote>" in page.text
    assert f'<a href="/forum/posts/{post.number}" rel="nofollow ugc noopener">Budi Harahap</a>' in page.text
    assert "<p>Baris dua</p>" in page.text


def test_photo_needs_words_for_those_who_cannot_see_it(login: Login, city: City) -> None:
    ani = login(city.ani)
    path = f"/forum/{make_thread(city.talk).number}/reply"

    refused = ani.submit(ani.get(path), "/reply", body="Lihat", photo_1=(picture(), "a.png"))
    taken = ani.submit(
        ani.get(path), "/reply", body="Lihat", photo_1=(picture(), "a.png"), alt_1="Halte tanpa atap"
    )

    assert refused.status_code == 422
    assert "Tulis apa yang tampak di foto ini." in refused.text
    assert 'alt="Halte tanpa atap"' in ani.get(taken.location).text


def test_a_broken_photo_leaves_nothing_behind(city: City) -> None:
    photos = [services.Photo(picture(), "baik"), services.Photo(BytesIO(b"bukan gambar"), "rusak")]

    with pytest.raises(DomainError):
        make_post(make_thread(city.talk), photos=photos)

    assert db.session.scalar(db.select(db.func.count(PostPhoto.id))) == 0


def test_edit_keeps_the_former_text_for_everybody(client: CheckingClient, login: Login, city: City) -> None:
    thread = make_thread(city.talk, by=city.ani, title="Judul lama", body="Isi lama")
    ani = login(city.ani)
    opening = f"/forum/posts/P-{opening_id(thread)}"

    ani.submit(ani.get(f"{opening}/edit"), "/edit", title="Judul baru", body="Isi baru")
    page, history = client.get(f"/forum/{thread.number}"), client.get(f"{opening}/history")

    assert "Judul baru" in page.text
    assert "diubah" in page.text
    assert "Isi lama" not in page.text
    assert "Judul lama" in history.text
    assert "Isi lama" in history.text


def opening_id(thread: Thread) -> int:
    found: int = db.session.scalar(db.select(Post.id).filter_by(thread_id=thread.id, position=1))
    return found


def test_nobody_edits_what_somebody_else_said(login: Login, city: City) -> None:
    post = make_post(by=city.budi)

    assert login(city.ani).get(f"/forum/posts/{post.number}/edit").status_code == 403


def test_officials_and_moderators_speak_with_a_badge(client: CheckingClient, city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)
    make_post(thread, by=city.officer, body="Kami catat.")
    make_post(thread, by=city.moderator, body="Mohon tetap santun.")

    page = client.get(f"/forum/{thread.number}").text

    assert "Kepala seksi, Dinas Perhubungan" in page
    assert page.count('class="badge"') == 2


def test_locked_thread_takes_no_reply_and_keeps_what_was_typed(login: Login, city: City) -> None:
    thread = make_thread(city.talk)
    ani = login(city.ani)
    form = ani.get(f"/forum/{thread.number}/reply")
    services.lock(thread, at=MONDAY)

    page = ani.submit(form, "/reply", body="Terlambat sudah")

    assert page.status_code == 422
    assert "Terlambat sudah" in page.text


def test_fast_writer_is_asked_to_wait_and_loses_nothing(login: Login, city: City) -> None:
    thread = make_thread(city.talk)
    ani = login(city.ani)
    for serial in range(30):
        ani.submit(ani.get(f"/forum/{thread.number}/reply"), "/reply", body=f"Pesan {serial}")

    page = ani.submit(ani.get(f"/forum/{thread.number}/reply"), "/reply", body="Pesan terakhir")

    assert page.status_code == 422
    assert "Pesan terakhir" in page.text
    assert "Tunggu sebentar" in page.text


def test_the_record_names_nobody_and_quotes_nothing(city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)
    post = make_post(thread, by=city.budi, at=MONDAY + timedelta(hours=1))

    lines = [*ledger.events_of(thread.subject), *ledger.events_of(post.subject)]

    assert {"thread_opened", "posted"} <= {line.kind for line in lines}
    told = " ".join(str(line.details) for line in lines)
    for words in ("Ani", "Budi", thread.title, post.body):
        assert words not in told
