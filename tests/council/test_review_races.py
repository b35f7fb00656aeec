"""Members act at once: nothing is marked twice, and no decision slips past a remark that holds it up."""

import threading
from collections.abc import Callable

from accounts.models import User
from core.db import db
from core.errors import Refusal
from council.models import Remark, RowMark
from council.services.review import look_at
from council.services.review_remarks import RemarkFacts, make_remark
from reports.models import Report, ReportVersion
from reports.services import decide_version, make_version, stamp_of
from tests.council.review_scene import build
from tests.reports.scene import DECISION


def at_once(app, *acts: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each in a thread and a session of its own; what came of each."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait()
            try:
                outcomes[place] = act()
            except Refusal as refusal:
                outcomes[place] = refusal

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def got(model, number):
    return db.session.get_one(model, number)


def test_one_person_in_many_windows_marks_every_row_once(app):
    with app.app_context():
        scene = build(6)
        version, member = scene.version().id, scene.member.id
        rows = [measure.id for measure in scene.measures]

    at_once(app, *[lambda: look_at(got(ReportVersion, version), rows, by=got(User, member))] * 6)

    with app.app_context():
        assert db.session.query(RowMark).count() == len(rows)


def test_a_decision_and_a_remark_at_once_never_both_stand(app):
    for _round in range(3):
        with app.app_context():
            scene = build(2)
            number, row = scene.version().id, scene.measures[0].id
            member, secretary = scene.member.id, scene.secretary.id
            stamp = stamp_of(got(ReportVersion, number), DECISION)

        def remark(number=number, row=row, member=member) -> None:
            said = RemarkFacts("Сколько было людей?", needs_answer=True)
            make_remark(got(ReportVersion, number), row, said, by=got(User, member))

        def decide(number=number, secretary=secretary, stamp=stamp) -> None:
            decide_version(got(ReportVersion, number), DECISION, by=got(User, secretary), stamp=stamp)

        outcomes = at_once(app, remark, decide)

        with app.app_context():
            version = got(ReportVersion, number)
            asked = db.session.query(Remark).filter_by(report_version_id=number).count()
            assert version.is_decided != bool(asked), outcomes
            assert version.open_blockers == asked


def test_a_new_version_and_a_remark_at_once_agree_on_what_holds_the_decision_up(app):
    for _round in range(3):
        with app.app_context():
            scene = build(2)
            number, row, report = scene.version().id, scene.measures[0].id, scene.report.id
            member, coordinator = scene.member.id, scene.coordinator.id
            moment = scene.report.latest.as_of

        def remark(number=number, row=row, member=member) -> None:
            said = RemarkFacts("Сколько было людей?", needs_answer=True)
            make_remark(got(ReportVersion, number), row, said, by=got(User, member))

        def make(report=report, coordinator=coordinator, moment=moment) -> None:
            make_version(got(Report, report), as_of=moment, by=got(User, coordinator))

        assert at_once(app, remark, make) == [None, None]

        with app.app_context():
            versions = db.session.query(ReportVersion).filter_by(report_id=report)
            assert [version.open_blockers for version in versions] == [1, 1]
