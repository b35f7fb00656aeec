"""Several people at the same moment: one document, one blob, nothing into a dossier that has closed."""

from concurrent.futures import ThreadPoolExecutor

from core.db import db
from core.errors import Refusal
from documents.models import Dossier
from documents.queries import all_blobs, evidence_of
from documents.services import attach, lock_dossier
from tests import factories
from tests.uploads import docx_bytes, upload


def together(app, *acts):
    """Do all of `acts` at once, each with a session of its own; their names of refusals, or nothing."""

    def run(act):
        with app.app_context():
            try:
                act()
            except Refusal as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def attaching(dossier_id, user_id, data):
    def act():
        user = db.session.get_one(factories.User, user_id)
        attach(db.session.get_one(Dossier, dossier_id), upload(data), by=user)

    return act


def test_of_six_people_who_attach_the_same_file_one_wins_and_the_others_are_told(app, dossier, executor):
    act = attaching(dossier.id, executor.id, docx_bytes())
    db.session.rollback()
    assert together(app, *[act] * 6) == ["", *["AlreadyAttached"] * 5]
    assert len(evidence_of(dossier, seen_by=executor)) == 1


def test_the_same_bytes_in_many_dossiers_are_one_blob(app, dossier, executor):
    data = docx_bytes()
    ids = [dossier.id, *(factories.dossier(executor.organisation).id for _n in range(4))]
    acts = [attaching(dossier_id, executor.id, data) for dossier_id in ids]
    db.session.rollback()
    assert together(app, *acts) == [""] * 5
    assert len(list(all_blobs())) == 1


def test_a_file_that_is_still_on_its_way_does_not_get_into_a_closed_dossier(
    app, dossier, executor, monkeypatch
):
    from documents.services import evidence

    honest = evidence.receive

    def slow(sent):
        received = honest(sent)
        lock_dossier(db.session.get_one(Dossier, dossier.id))
        return received

    monkeypatch.setattr(evidence, "receive", slow)
    act = attaching(dossier.id, executor.id, docx_bytes())
    db.session.rollback()
    assert together(app, act) == ["Blocked"]
    assert evidence_of(dossier, seen_by=executor) == []
