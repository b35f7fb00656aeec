"""The review of a scanned plan shows the piece of the scan from which each cell was read."""

import copy

from core.db import transaction
from roadmap.imported import headings
from roadmap.scans import shelf_of
from roadmap.services.imports import start_import
from tests import uploads
from tests.pages import faults, parse
from tests.roadmap.plan_files import two_sections


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
