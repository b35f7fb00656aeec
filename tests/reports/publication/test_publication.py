"""Published reports and plans: what everybody sees, and above all what nobody sees."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from core.audit import history_of
from core.errors import Blocked, Invalid, NotYours
from documents.storage import store
from reports.models import Publication
from reports.publication.contents import PLAN_FIELDS
from reports.publication.export import export_site
from reports.publication.open_data import as_csv, plain, schema
from reports.publication.queries import publishable_papers
from reports.publication.queries import published as everything_published
from reports.publication.services import (
    ByHand,
    plan_for_public,
    publish_plan,
    publish_report,
    report_for_public,
    withdraw,
)
from roadmap.models import Claim
from roadmap.services.answers import Report, report, submit
from tests import factories
from tests.pages import post
from tests.reports.scene import Scene, scene
from workflow.report import ReportState
from workflow.services import perform

#: Words that stand in the instance and must stand on no public page.
CANARIES = (
    "КАНАРЕЙКАчерновик", "КАНАРЕЙКАсосед", "КАНАРЕЙКАкомментарий", "КАНАРЕЙКАскрыто", "КАНАРЕЙКАфайл",
    "КАНАРЕЙКАстрока", "КАНАРЕЙКАснято", "Дубравина", "topoleva@example.ru",
)  # fmt: skip


@pytest.fixture
def told(session: Any) -> Scene:
    """A plan whose rows hold names, a word to hide by hand, and a row to hide."""
    made = scene()
    said = (
        "Дубравина Светлана Александровна, педагог-психолог, провела семинар. Пишите topoleva@example.ru",
        "Победил проект КАНАРЕЙКАскрыто. =СУММ(A1)",
        "КАНАРЕЙКАстрока",
    )
    for measure, text in zip(made.measures, said, strict=True):
        report(measure, Report(text), by=made.executor)
    return made


def execute(told: Scene, place: int) -> None:
    measure = told.measures[place]
    factories.document(measure.dossier, by=told.executor, text="КАНАРЕЙКАфайл")
    done = Report(
        measure.report_text, Claim.EXECUTED, actual_date=date(2026, 5, 20), deviation_reason="Болезнь"
    )
    submit(measure, done, by=told.executor)
    perform(measure, "accept", by=told.coordinator)


def by_hand(told: Scene) -> ByHand:
    return ByHand(words=("КАНАРЕЙКАскрыто",), rows=(told.measures[2].number,))


@pytest.fixture
def published(told: Scene) -> Publication:
    execute(told, 0)
    return publish_report(told.decided(), by_hand(told), by=told.coordinator)


def with_secrets(told: Scene) -> None:
    """What is not published: a draft, a withdrawn publication, a neighbour's plan, a comment."""
    from roadmap.services.answers import comment

    comment(told.measures[1], "КАНАРЕЙКАкомментарий", by=told.executor)
    factories.measure(told.measures[1].section, executors=[told.executor], title="КАНАРЕЙКАчерновик")
    told.version(told.report("2027 год"))
    other = scene()
    factories.measure(other.measures[0].section, executors=[other.executor], title="КАНАРЕЙКАсосед")
    other.version()
    factories.measure(other.measures[0].section, executors=[other.executor], title="КАНАРЕЙКАснято")
    taken = publish_plan(other.plan, ByHand(), by=other.coordinator)
    withdraw(taken, reason="Ошибка", by=other.coordinator)


def unpacked(data: bytes) -> str:
    """The text of an answer; of a .docx all its members."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        return " ".join(members.read(name).decode("utf-8", "replace") for name in members.namelist())


def public_addresses(app: Any, publication: Publication) -> list[str]:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("open.")]
    urls, numbers = app.url_map.bind("localhost"), range(publication.id - 2, publication.id + 4)
    return [
        urls.build(rule.endpoint, {name: 1 if name == "number" else n for name in rule.arguments})
        for rule in rules
        for n in (numbers if rule.arguments else [publication.id])
    ]


def test_nothing_unpublished_leaks_from_any_public_address(app, client, told, published):
    with_secrets(told)

    pages = {address: client.get(address) for address in public_addresses(app, published)}

    answered = {address: page for address, page in pages.items() if page.status_code == 200}
    leaks = [
        (address, word)
        for address, page in answered.items()
        for word in CANARIES
        if word in unpacked(page.data)
    ]
    assert leaks == []
    assert {f"/open/{published.id}", f"/open/{published.id}/report.docx", "/open/feed.xml"} <= answered.keys()


def test_a_planted_leak_is_seen(app, client, told, published):
    """The same search over a copy that nobody cleaned finds the words."""
    raw = json.dumps(published.report_version.data, ensure_ascii=False)

    assert {"Дубравина", "КАНАРЕЙКАстрока", "КАНАРЕЙКАскрыто"} <= {word for word in CANARIES if word in raw}


def test_the_public_page_shows_the_rows_with_their_posts(client, published):
    page = client.get(f"/open/{published.id}").get_data(as_text=True)

    assert "педагог-психолог" in page
    assert "[имя скрыто]" in page
    assert "Рассмотрен на" in page


def test_public_answers_carry_no_cookie_and_may_be_cached(client, published):
    page = client.get(f"/open/{published.id}")
    again = client.get(f"/open/{published.id}", headers={"If-None-Match": page.headers["ETag"]})

    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in page.headers.get("Vary", "")
    assert again.status_code == 304
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_same_page_comes_whoever_asks(client, signed_in, told, published):
    assert (
        signed_in(told.coordinator).get(f"/open/{published.id}").data
        == client.get(f"/open/{published.id}").data
    )


def test_a_version_without_a_decision_is_not_published(told):
    with pytest.raises(Blocked):
        publish_report(told.version(), ByHand(), by=told.coordinator)


def test_publishing_moves_the_version_once_and_stands_in_the_journal(told, published):
    version = published.report_version

    assert version.state is ReportState.PUBLISHED and version.published_at
    assert history_of(published)[0].action == "publication.publish"
    with pytest.raises(Blocked):
        publish_report(version, ByHand(), by=told.coordinator)


def test_an_executor_publishes_nothing(told):
    version = told.decided()

    with pytest.raises(NotYours):
        publish_report(version, ByHand(), by=told.executor)
    with pytest.raises(NotYours):
        publish_plan(told.plan, ByHand(), by=told.executor)


def test_what_was_taken_back_answers_gone_and_may_be_published_anew(client, told, published):
    with pytest.raises(Invalid):
        withdraw(published, reason=" ", by=told.coordinator)
    withdraw(published, reason="Нашли фамилию", by=told.secretary)

    assert client.get(f"/open/{published.id}").status_code == 410
    assert client.get(f"/open/{published.id}/data.csv").status_code == 410
    assert f'/open/{published.id}"' not in client.get("/open").get_data(as_text=True)
    assert publish_report(published.report_version, ByHand(), by=told.coordinator).is_public


def test_the_table_is_safe_for_spreadsheets(client, published):
    text = client.get(f"/open/{published.id}/data.csv").data.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text), delimiter=";"))

    assert len(rows) == 4 and {len(row) for row in rows} == {11}
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize("text", ["=1+1", "+7", "-2", "@x", "\t=1", "\r=1", " =1"])
def test_formulas_are_made_text(text):
    assert plain(text).startswith("'")


def test_a_dangerous_cell_reaches_the_table_as_text():
    row = dict.fromkeys(PLAN_FIELDS, "=1") | {"executors": ["=cmd"]}
    data = {"kind": "plan", "sections": [{"number": "", "title": "=A1", "measures": [row]}]}

    cells = list(csv.reader(io.StringIO(as_csv(data).decode("utf-8-sig")), delimiter=";"))[1]

    assert cells == ["'=A1", *["'=1"] * 5, "'=cmd", "'=1"]


def against(shape: dict[str, Any], value: Any, place: str = "$") -> list[str]:
    """What of a value does not fit a schema of the kind that we publish."""
    if "enum" in shape:
        return [] if value in shape["enum"] else [f"{place}: {value!r}"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int}
    if not isinstance(value, kinds[shape["type"]]):
        return [f"{place}: not {shape['type']}"]
    if shape["type"] == "array":
        return [
            wrong for n, each in enumerate(value) for wrong in against(shape["items"], each, f"{place}[{n}]")
        ]
    if shape["type"] != "object":
        return []
    wrong = [f"{place}.{name} is missing" for name in shape["required"] if name not in value]
    wrong += [f"{place}.{name} is unknown" for name in value if name not in shape["properties"]]
    known = [name for name in value if name in shape["properties"]]
    return wrong + [
        w for name in known for w in against(shape["properties"][name], value[name], f"{place}.{name}")
    ]


def test_the_data_fit_their_schema(client, told, published):
    plan = publish_plan(told.plan, ByHand(), by=told.coordinator)
    shape = client.get("/open/schema.json").get_json()

    assert shape == json.loads(json.dumps(schema()))
    assert against(shape, client.get(f"/open/{published.id}/data.json").get_json()) == []
    assert against(shape, client.get(f"/open/{plan.id}/data.json").get_json()) == []
    assert against(shape, {"id": "1"})


def test_the_feed_is_rss_with_full_addresses(client, published):
    rss = ElementTree.fromstring(client.get("/open/feed.xml").data)

    links = [item.findtext("link") or "" for item in rss.iter("item")]

    assert rss.get("version") == "2.0"
    assert len(links) == 1 and links[0].startswith("http") and links[0].endswith(f"/open/{published.id}")


def test_the_docx_is_made_of_the_public_data_alone(published):
    with store().open(published.file_sha256 or "") as file:
        text = unpacked(file.read())

    assert "педагог-психолог" in text and "Рассмотрен на" in text
    assert not [word for word in CANARIES if word in text]


def test_a_chosen_document_goes_out_and_a_restricted_one_cannot(client, told, session):
    from core.db import transaction
    from documents.models import Confidentiality

    execute(told, 0)
    execute(told, 1)
    with transaction():
        told.measures[1].dossier.access = Confidentiality.RESTRICTED
    everything = tuple(d.id for m in told.measures for d in m.dossier.documents)
    made = publish_report(told.decided(), ByHand(documents=everything), by=told.coordinator)

    assert len(everything) == 2 and len(made.documents) == 1
    assert client.get(f"/open/{made.id}/documents/1").status_code == 200
    assert client.get(f"/open/{made.id}/documents/2").status_code == 404
    assert [paper.dossier_id for paper in publishable_papers(told.plan)] == [told.measures[0].dossier_id]


def test_the_plan_is_published_as_it_stands_today(client, told):
    made = publish_plan(told.plan, ByHand(), by=told.coordinator)
    page = client.get(f"/open/{made.id}").get_data(as_text=True)

    assert "Провести семинар" in page.replace("\u00a0", " ").replace("\u00ad", "")
    assert "КАНАРЕЙКАстрока" not in page


def test_the_preview_shows_what_goes_and_writes_nothing(told, signed_in):
    version = told.decided()
    browser, address = signed_in(told.coordinator), f"/reports/{version.report_id}/versions/1/publication"

    page = post(browser, address, {"do": "preview", "words": "КАНАРЕЙКАскрыто"})
    text = page.get_data(as_text=True)

    assert page.status_code == 200
    assert "<mark>Дубравина Светлана Александровна</mark>" in text
    assert "<mark>КАНАРЕЙКАскрыто</mark>" in text
    assert version.state is ReportState.CONSIDERED


def test_publishing_through_the_page_keeps_what_was_hidden_by_hand(told, signed_in):
    version = told.decided()
    browser, address = signed_in(told.secretary), f"/reports/{version.report_id}/versions/1/publication"

    sent = post(
        browser, address, {"do": "publish", "words": "КАНАРЕЙКАскрыто", "rows": told.measures[2].number}
    )

    assert sent.status_code == 303
    assert [each.hidden["words"] for each in everything_published()] == [["КАНАРЕЙКАскрыто"]]


def test_rows_hidden_by_hand_lose_their_texts_only(told):
    data = report_for_public(told.version(), by_hand(told))

    row = next(r for s in data["sections"] for r in s["measures"] if r["number"] == told.measures[2].number)

    assert row["report"] == "[скрыто]" and row["title"]
    assert plan_for_public(told.plan, ByHand())["kind"] == "plan"


def test_the_static_export_holds_the_same_and_links_within_itself(told, published, tmp_path: Path):
    with_secrets(told)

    count = export_site(tmp_path, address="https://example.ru/open")

    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    here = str(published.id)
    assert count == 1
    assert names == {
        "index.html", "feed.xml", "schema.json", "open.css", f"{here}/index.html", f"{here}/data.csv",
        f"{here}/data.json", f"{here}/report.docx",
    }  # fmt: skip
    for name in names:
        assert not [word for word in CANARIES if word in unpacked((tmp_path / name).read_bytes())]
    assert broken_links(tmp_path) == []


def broken_links(folder: Path) -> list[str]:
    import re

    return [
        f"{page}: {address}"
        for page in folder.rglob("*.html")
        for address in re.findall(r'href="([^"#]+)"', page.read_text("utf-8"))
        if not (page.parent / address).is_file()
    ]
