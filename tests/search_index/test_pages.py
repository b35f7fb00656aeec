"""The pages of the search as browsers and readers meet them."""

import io
import json

import pytest
from openpyxl import load_workbook

from core.db import db
from search_index.models import RecentSearch, SavedSearch, Synonym
from search_index.queries.saved import seen_keys
from search_index.services.indexing import rebuild
from search_index.services.saved import tell_news
from tests.pages import faults, parse, post, text_of
from tests.search_index.test_asking import Scene


@pytest.fixture
def scene(session):
    return Scene()


@pytest.fixture
def client(scene, signed_in):
    return signed_in(scene.coordinator)


def test_the_box_stands_on_every_page_and_the_answer_shows_chips_and_facets(scene, client):
    home = parse(client.get("/").text)
    page = parse(client.get("/search?q=семинар наставников&kind=measure").text)

    assert home.xpath("//form[@role='search'][@action='/search']//input[@name='q']")
    assert text_of(page.xpath("//h1")[0]) == "1 результат"
    chips = [text_of(chip) for chip in page.xpath("//ul[@class='on-f']//a[contains(@class, 'chip')]")]
    assert [chip.split(" убрать")[0] for chip in chips] == ["семинар", "наставников", "Мероприятия"]
    assert page.xpath("//form[@id='facets']//input[@name='kind'][@value='measure'][@checked]")
    assert {text_of(mark) for mark in page.xpath("//mark")} >= {"семинар", "наставников"}


ADDRESSES = [
    "/search", "/search?q=семинар", "/search?q=602-ОД", "/search?q=ctvbyfh", "/search?q=неттакого",
    "/search?q=" + "%D0%B0" * 400, "/search?year=2021", "/search?q=%00", "/search/help", "/search/saved",
]  # fmt: skip


def test_every_page_is_sound(client):
    for address in ADDRESSES:
        answer = client.get(address)
        assert (address, answer.status_code, faults(answer.text)) == (address, 200, [])


def test_things_like_a_measure_have_a_page_and_strangers_do_not_see_it(scene, client, signed_in):
    address = f"/search/like/measure/{scene.measure.id}"

    assert client.get(address).status_code == 200
    assert faults(client.get(address).text) == []
    assert signed_in(scene.stranger).get(address).status_code == 404
    assert client.get("/search/like/nothing/1").status_code == 404


def test_proposals_are_numbers_and_titles_with_addresses(scene, client):
    (item,) = client.get("/search/suggest?q=602").json["items"]

    assert item["url"] == f"/documents/{scene.document.id}"
    assert "602-ОД" in item["caption"] and item["title"] == "О создании рабочей группы"
    assert client.get("/search/suggest?q=").json == {"items": []}
    assert client.get("/search/suggest?q=Ж-471").json == {"items": []}


def test_programs_get_json(client):
    answer = client.get("/search?q=602-ОД", headers={"Accept": "application/json"})

    assert answer.json["total"] == 1
    assert answer.json["items"][0]["date"] == "2021-01-27"


def test_the_list_can_be_taken_away_as_a_table(scene, client):
    text = client.get("/search/export.csv?q=602-ОД").data.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get("/search/export.xlsx?q=602-ОД").data))

    assert text.splitlines()[1].split(";")[1:3] == ["О создании рабочей группы", "27.01.2021"]
    assert [row[1] for row in book.active.iter_rows(values_only=True)][1:] == ["О создании рабочей группы"]
    assert client.get("/search/export.pdf?q=602").status_code == 404


def test_what_looks_like_a_formula_stays_text(scene, client):
    scene.add_document(scene.measure.dossier, scene.coordinator, '=HYPERLINK("x")', "13-ф")
    rebuild()

    assert "'=HYPERLINK" in client.get("/search/export.csv?q=13-ф").data.decode()


def test_a_saved_search_is_kept_once_and_tells_only_news(scene, client, app):
    post(
        client,
        "/search/saved",
        {"address": "q=%D1%81%D0%B5%D0%BC%D0%B8%D0%BD%D0%B0%D1%80"},
        page="/search?q=семинар",
    )
    post(
        client,
        "/search/saved",
        {"address": "q=%D1%81%D0%B5%D0%BC%D0%B8%D0%BD%D0%B0%D1%80"},
        page="/search?q=семинар",
    )
    (saved,) = db.session.query(SavedSearch).all()
    assert (saved.name, seen_keys(saved)) == ("семинар", {f"measure:{scene.measure.id}"})
    outgoing = app.config["SETTINGS"].data / "outgoing"

    tell_news(saved.id)
    assert not outgoing.exists()

    scene.add_document(scene.measure.dossier, scene.coordinator, "О семинаре", "5-с")
    rebuild()
    tell_news(saved.id)
    tell_news(saved.id)

    assert len(list(outgoing.iterdir())) == 1


def test_a_saved_search_can_be_hushed_and_forgotten_by_its_owner_only(scene, client, signed_in):
    post(client, "/search/saved", {"text": "семинар"})
    number = db.session.query(SavedSearch.id).scalar()
    stranger = signed_in(scene.stranger)

    assert post(stranger, f"/search/saved/{number}/forget", page="/search/saved").status_code == 404
    post(client, f"/search/saved/{number}/news", {"wanted": "0"}, page="/search/saved")
    assert db.session.get_one(SavedSearch, number).tells_news is False
    post(client, f"/search/saved/{number}/forget", page="/search/saved")
    assert db.session.query(SavedSearch).count() == 0


def test_recent_questions_are_remembered_for_their_author(scene, client, signed_in):
    for text in ("план", "семинар", "план"):
        post(client, "/search/recent", {"text": text}, page="/search/saved")

    assert db.session.query(RecentSearch).count() == 2
    assert "q=%D0%BF%D0%BB%D0%B0%D0%BD" in client.get("/search").text
    assert "q=%D0%BF%D0%BB%D0%B0%D0%BD" not in signed_in(scene.stranger).get("/search").text


def test_synonyms_of_the_house_work_at_once(scene, client, signed_in):
    from accounts.models import Role
    from tests import factories

    chief = signed_in(factories.person(Role.ADMINISTRATOR))
    assert client.get("/search?q=вебсем", headers={"Accept": "application/json"}).json["total"] == 0
    post(chief, "/admin/synonyms", {"words": "вебсем, семинар"})

    assert client.get("/search?q=вебсем", headers={"Accept": "application/json"}).json["total"] == 1
    number = db.session.query(Synonym.id).scalar()
    assert post(chief, f"/admin/synonyms/{number}/remove", page="/admin/synonyms").status_code == 303
    assert faults(chief.get("/admin/synonyms").text) == []
    assert client.get("/admin/synonyms").status_code == 403


def test_a_page_of_results_asks_the_database_a_bounded_number_of_times(scene, client, app):
    from tests.watching import watched

    client.get("/search?q=семинар")
    with watched(app) as watch:
        client.get("/search?q=семинар наставников&year=2027")

    assert len(watch.statements) < 40, json.dumps(watch.statements, indent=1)
    assert watch.changes == []


def _read(scene, *pages):
    """The document gets a file with these pages, on each of which «наставник» has its place."""
    from core.audit import record
    from core.db import transaction
    from documents.models import Blob, FileVersion, PageText

    with transaction() as session:
        session.add(Blob(sha256="a" * 64, size=1, media_type="text/plain"))
        version = FileVersion(number=1, sha256="a" * 64, size=1, name="скан.txt", media_type="text/plain")
        scene.document.versions.append(version)
        for number, text in enumerate(pages, 1):
            words = [[word, 0.1, 0.2, 0.3, 0.25, 0.99, text.index(word)] for word in text.split()]
            facts = {"words": words, "width": 100.0, "height": 200.0}
            session.add(PageText(sha256="a" * 64, number=number, text=text, way="ocr", facts=facts))
        record(scene.document, "document.version", by=scene.coordinator)
    rebuild()


def test_inside_a_document_the_pages_with_the_words_are_listed_and_marked(scene, client, signed_in):
    _read(scene, "Совет утвердил план", "Каждому наставнику назначить педагога", "Наставники и наставник")
    found = parse(client.get("/search?q=педагог наставник").text)
    link = found.xpath("//a[@class='at']/@href")[0]
    page = parse(client.get(link).text)
    whole = parse(client.get(f"/search/in/{scene.document.id}?q=наставник").text)

    assert [text_of(at) for at in found.xpath("//a[@class='at']")] == ["стр. 2", "стр. 3"]
    assert [text_of(m) for m in page.xpath("//div[contains(@class, 'page--read')]//mark")] == [
        "наставнику", "педагога",
    ]  # fmt: skip
    assert text_of(whole.xpath("//h2[@id='in-t']")[0]) == "3 места, 2 страницы"
    assert [text_of(a) for a in whole.xpath("//ol[@class='s-pages']//a")] == ["стр. 2", "стр. 3"]
    assert signed_in(scene.stranger).get(link).status_code == 404


def test_the_finds_are_drawn_over_the_picture_of_the_page(scene, client, app):
    from search_index.views.inside import _spots

    text = "Каждому наставнику назначить педагога"
    words = [[word, 0.1, 0.2, 0.3, 0.25, 0.99, text.index(word)] for word in text.split()]

    (spot,) = _spots(words, [(8, 18, "наставник")], 2000)

    assert spot.name == "find"
    assert 80 <= spot.x < 100 and 300 < spot.width + spot.x <= 320
    assert 350 <= spot.y < 400 and 500 < spot.y + spot.height <= 550


def test_the_page_inside_a_document_is_sound_with_and_without_words(scene, client):
    _read(scene, "Совет утвердил план")
    for address in ("", "?q=", "?q=план", "?q=неттакого", "?q=%00&page=99", "?page=x"):
        answer = client.get(f"/search/in/{scene.document.id}{address}")
        assert (address, answer.status_code, faults(answer.text)) == (address, 200, [])


def test_a_report_is_found_by_what_its_rows_say(scene, client):
    from core.clock import now
    from reports.services import begin_report, make_version

    report = begin_report(scene.plan, title="Отчёт за год", period="2026", by=scene.coordinator)
    make_version(report, as_of=now(), by=scene.coordinator)
    rebuild()
    items = client.get("/search?q=наставники обучены", headers={"Accept": "application/json"}).json["items"]

    assert f"report:{report.id}" in {item["key"] for item in items}
