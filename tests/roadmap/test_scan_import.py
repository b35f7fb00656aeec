"""The review of a scanned plan shows the piece of the scan from which each cell was read."""

import copy
from typing import Any

import pytest

from core.db import db, transaction
from core.errors import Invalid, OutOfTurn
from core.worker import run_due
from roadmap.imported import headings
from roadmap.models import ImportDraft
from roadmap.scans import shelf_of
from roadmap.services import imports
from roadmap.services.imports import confirm_import, drop_draft, read_draft, remap_columns, start_import
from roadmap.services.plans import PlanFacts
from tests import uploads
from tests.pages import faults, parse, text_of
from tests.roadmap.plan_files import two_sections
from tests.roadmap.scene import tasks


def scanned_draft(scene):
    """A draft whose first title was read, with doubt, from the third cell of the second page."""
    draft = start_import(scene.town, two_sections().upload(), by=scene.coordinator)
    recognised = copy.deepcopy(draft.recognised)
    source = recognised["sections"][0]["measures"][0]["source"]
    source["scans"] = {"title": [[2, 3, 0.1, 0.2, 0.3, 0.4]]}
    source["doubts"] = {"title": "Распознано неуверенно: сверьте со сканом."}
    with transaction():
        draft.recognised = recognised
    shelf_of(draft.sha256).mkdir(parents=True, exist_ok=True)
    (shelf_of(draft.sha256) / "crop-2-3.png").write_bytes(uploads.picture_bytes("PNG"))
    return draft


def test_the_page_offers_scans_and_photos_as_the_reading_takes_them(scene, signed_in):
    page = parse(signed_in(scene.coordinator).get("/roadmaps/import").text)

    (field,) = page.xpath("//input[@type='file']")
    assert {".pdf", ".jpg", ".png", ".tif"} <= set(field.get("accept").split(","))


def test_a_doubtful_cell_shows_its_piece_of_the_scan(scene, signed_in):
    draft = scanned_draft(scene)
    client = signed_in(scene.coordinator)

    answer = client.get(f"/roadmaps/import/{draft.id}")

    assert faults(answer.text) == []
    pictures = parse(answer.text).xpath("//details[@open]/img")
    assert [one.get("src") for one in pictures] == [f"/roadmaps/import/{draft.id}/crop/2/3.png"]
    picture = client.get(pictures[0].get("src"))
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"


def test_a_piece_that_is_not_there_or_belongs_to_others_is_not_found(scene, signed_in):
    draft = scanned_draft(scene)
    (shelf_of(draft.sha256) / "crop-1-0.png").write_bytes(b"<html>")
    place = f"/roadmaps/import/{draft.id}/crop"

    own = signed_in(scene.coordinator)
    assert own.get(f"{place}/2/4.png").status_code == 404
    assert own.get(f"{place}/1/0.png").status_code == 404
    assert signed_in(scene.stranger).get(f"{place}/2/3.png").status_code in (403, 404)


def test_the_place_on_the_scan_goes_with_the_row(scene):
    row = headings(scanned_draft(scene).recognised)[0].rows[0]

    assert row.crops == {"title": [(2, 3)]}
    assert row.source["scans"] == {"title": [[2, 3, 0.1, 0.2, 0.3, 0.4]]}


@pytest.fixture
def long_scan(monkeypatch):
    """Every file counts as a scan of nine pages; what it says is read without tesseract."""
    monkeypatch.setattr(imports, "_scanned_pages", lambda *_asked: 9)


def unread(scene) -> ImportDraft:
    return start_import(scene.town, two_sections().upload(), by=scene.coordinator)


def test_a_long_scan_is_left_to_the_worker_and_the_page_tells_how_far_it_is(scene, signed_in, long_scan):
    draft = unread(scene)
    shelf_of(draft.sha256).mkdir(parents=True, exist_ok=True)
    for page in (1, 2, 3):
        (shelf_of(draft.sha256) / f"sheet-{page}-5-200-1.json").write_text("{}")
    client = signed_in(scene.coordinator)

    waiting = client.get(f"/roadmaps/import/{draft.id}")
    assert (draft.is_unread, tasks("import.reading")) == (True, [{"draft_id": draft.id}])
    assert faults(waiting.text) == []
    assert parse(waiting.text).xpath("//progress/@value") == ["3"]
    run_due()

    db.session.expire_all()
    assert not draft.is_unread
    assert "Сверка с файлом" in client.get(f"/roadmaps/import/{draft.id}").text
    assert headings(draft.recognised)[0].rows


def test_nothing_is_written_of_a_scan_that_is_still_read_but_it_can_be_given_up(scene, long_scan):
    draft = unread(scene)

    with pytest.raises(OutOfTurn, match="ещё читается"):
        confirm_import(draft, PlanFacts("План", 2027, 2027), by=scene.coordinator)
    with pytest.raises(OutOfTurn):
        remap_columns(draft, {}, by=scene.coordinator)
    number = draft.id
    drop_draft(draft, by=scene.coordinator)
    read_draft(number)

    assert db.session.get(ImportDraft, number) is None


def test_what_hinders_the_worker_is_said_on_the_page(scene, signed_in, long_scan, monkeypatch):
    draft = unread(scene)

    def fails(*_which: Any, **_named: Any) -> Any:
        raise Invalid("Таблица мероприятий не найдена.")

    monkeypatch.setattr(imports, "recognise", fails)
    run_due()

    answer = signed_in(scene.coordinator).get(f"/roadmaps/import/{draft.id}")
    (note,) = parse(answer.text).xpath("//*[contains(@class, 'note--returned')]")
    assert "Таблица мероприятий не найдена." in text_of(note)
    assert faults(answer.text) == []


def test_reading_twice_changes_nothing(scene, long_scan):
    draft = unread(scene)
    read_draft(draft.id)
    before = draft.version

    read_draft(draft.id)

    assert draft.version == before
