"""Imports: recognised, shown as a draft, corrected, written when confirmed; newer editions compared."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from config import ROOT
from core.audit import Entry
from core.db import db
from core.errors import Blocked, Invalid, NotFound, NotYours, OutOfTurn, Stale
from documents.services import Upload
from roadmap.models import Claim, ImportDraft, Measure, Plan
from roadmap.queries.measures import measures_of
from roadmap.queries.plans import sections_of
from roadmap.queries.work import import_draft, open_import_drafts
from roadmap.services.amendments import apply_edition, compared, name_of
from roadmap.services.imports import (
    confirm_import,
    correct,
    drop_draft,
    remap_columns,
    reviewed,
    start_import,
)
from roadmap.services.plans import PlanFacts
from roadmap.views.import_page import file_doubts
from tests.roadmap.plan_files import TITLES, PlanFile, two_sections
from tests.roadmap.scene import actions, entries, tasks
from workflow.measure import MeasureState

INPUTS = ROOT.parent / "shared" / "inputs"
needs_inputs = pytest.mark.skipif(not INPUTS.exists(), reason="the real files are not beside the project")
FACTS = PlanFacts("Наставник", 2027, 2027, "2027 год", ground="приказ от 12.01.2027 № 7-ОД")
ACT = "приказ от 01.06.2027 № 40"


def start(scene, file=None, plan=None):
    return start_import(scene.town, (file or two_sections()).upload(), by=scene.coordinator, plan=plan)


def imported(scene) -> Plan:
    return confirm_import(start(scene), FACTS, by=scene.coordinator)


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_nothing_is_written_before_the_coordinator_confirms(scene):
    before = count(Plan), count(Measure), count(Entry)

    draft = start(scene)

    assert (count(Plan), count(Measure), count(Entry)) == before
    assert [len(heading.rows) for heading in reviewed(draft)] == [3, 2]
    assert open_import_drafts(seen_by=scene.coordinator) == [draft]


def test_doubts_about_the_whole_file_stand_apart_from_those_of_rows(scene):
    draft = start(scene)
    draft.recognised = {
        **draft.recognised,
        "doubts": [
            {"where": "Графа «А»", "field": "", "text": "Проверьте графу.", "severity": "warning"},
            {"where": "Графа «Б»", "field": "", "text": "Проверьте графу.", "severity": "warning"},
            {"where": "Файл", "field": "", "text": "Лист скрыт.", "severity": "warning"},
            {
                "where": "Мероприятие 1.1",
                "field": "title",
                "text": "Проверьте строку.",
                "severity": "warning",
            },
        ],
    }

    assert file_doubts(draft) == ["Проверьте графу. — Графа «А», Графа «Б»", "Лист скрыт."]


def test_a_confirmed_import_is_the_plan_as_printed_with_dates_understood(scene):
    plan = imported(scene)

    assert [(s.number, s.title) for s in sections_of(plan)] == [("1", "Кадры"), ("2", "Итоги")]
    measures = {m.number: m for m in measures_of(plan)}
    assert list(measures) == ["1.1", "1.2", "1.3", "2.1", "2.4"]
    assert (measures["1.1"].due_text, measures["1.1"].due_end) == ("до 30.06.2027", date(2027, 6, 30))
    assert measures["1.2"].due_end == date(2027, 9, 30)
    assert (measures["1.3"].due_recurrence, measures["2.4"].due_doubts != []) == ("quarterly", True)
    assert all(m.state is MeasureState.PLANNED for m in measures.values())


def test_every_field_of_an_import_remembers_its_cell_and_its_file(scene):
    measure = next(m for m in measures_of(imported(scene)) if m.number == "1.2")

    assert measure.source["file"] == "План.docx"
    assert len(measure.source["sha256"]) == 64
    assert measure.source["cells"]["title"] == [0, 3, 1]
    assert measure.source["cells"]["due_period"] == [0, 3, 3]


def test_the_journal_tells_an_import_plan_by_plan_and_row_by_row(scene):
    plan = imported(scene)

    assert actions(plan) == ["plan.create", "plan.import"]
    measure = measures_of(plan)[0]
    entry = entries(measure)[0]
    assert (entry.action, entry.ground) == ("measure.import", FACTS.ground)
    assert entry.changes["title"] == [None, "Провести семинар наставников"]
    assert [t["plan_id"] for t in tasks("plan.import")] == [plan.id]


def test_an_import_is_confirmed_once(scene):
    draft = start(scene)
    confirm_import(draft, FACTS, by=scene.coordinator)

    with pytest.raises(OutOfTurn, match="уже записана"):
        confirm_import(draft, FACTS, by=scene.coordinator)


def test_corrections_and_dropped_rows_are_kept_page_by_page(scene):
    draft = start(scene)
    correct(draft, {"0.0.title": "Провести форум", "1.title": "Отчётность"}, dropped=[], by=scene.coordinator)
    correct(draft, {"0.1.title": "Утвердить положение о конкурсе"}, dropped=["1.1"], by=scene.coordinator)

    plan = confirm_import(draft, FACTS, by=scene.coordinator)

    assert [m.title for m in measures_of(plan)][0] == "Провести форум"
    assert "2.4" not in {m.number for m in measures_of(plan)}
    assert [s.title for s in sections_of(plan)] == ["Кадры", "Отчётность"]


def test_a_review_opened_before_another_correction_is_stale(scene):
    draft = start(scene)
    seen = draft.version
    correct(draft, {"0.0.title": "Первый"}, dropped=[], by=scene.coordinator, version=seen)

    with pytest.raises(Stale):
        correct(draft, {"0.0.title": "Второй"}, dropped=[], by=scene.coordinator, version=seen)
    with pytest.raises(Stale):
        confirm_import(draft, FACTS, by=scene.coordinator, version=seen)


def test_a_row_without_a_name_is_named_or_dropped_first(scene):
    draft = start(scene)
    correct(draft, {"0.0.title": " "}, dropped=[], by=scene.coordinator)

    with pytest.raises(Blocked, match="без названия"):
        confirm_import(draft, FACTS, by=scene.coordinator)


def test_columns_are_given_another_meaning_by_hand(scene):
    draft = start(scene)
    columns = {str(c["index"]): c["meaning"] for c in draft.recognised["columns"]}
    assert columns == dict(
        zip(
            "012345",
            ("number", "title", "condition", "due_period", "executors", "form_of_execution"),
            strict=True,
        )
    )

    remap_columns(draft, {"0": columns | {"2": "form_of_execution", "5": "condition"}}, by=scene.coordinator)

    row = reviewed(draft)[0].rows[0]
    assert (row.values["condition"], row.values["form_of_execution"]) == ("Приказ", "Семинар проведён")


def test_a_column_that_is_not_taken_becomes_a_note(scene):
    draft = start(scene)
    columns = {str(c["index"]): c["meaning"] for c in draft.recognised["columns"]}

    remap_columns(draft, {"0": columns | {"5": ""}}, by=scene.coordinator)

    row = reviewed(draft)[0].rows[0]
    assert row.values["form_of_execution"] == ""
    assert "Приказ" in row.unplaced


def test_old_statuses_are_the_executors_claim_and_never_a_state_nobody_accepted(scene):
    rows = [
        ("1.1", "Провести семинар", "сентябрь", "Школа", "исполнено", "Проведён, 58 человек"),
        ("1.2", "Утвердить положение", "октябрь", "Школа", "в реализации", "Готовится"),
        ("1.3", "Обучить учителей", "ноябрь", "Школа", "не исполнено", "Нет денег"),
        ("1.4", "Опубликовать итоги", "декабрь", "Школа", "", ""),
    ]
    columns = ("№", "Мероприятие", "Срок", "Исполнитель", "Статус исполнения", "Отчет об исполнении")
    draft = start(scene, PlanFile([("1. Кадры", rows)], columns=columns))

    plan = confirm_import(draft, FACTS, by=scene.coordinator)

    found = [(m.state.value, m.claim, m.status_text) for m in measures_of(plan)]
    assert found == [
        ("in_progress", Claim.EXECUTED, "исполнено"),
        ("in_progress", None, "в реализации"),
        ("in_progress", Claim.NOT_EXECUTED, "не исполнено"),
        ("planned", None, ""),
    ]


def test_a_file_without_a_table_is_refused_with_what_is_looked_for(scene):
    with pytest.raises(Invalid, match="Мероприятие"):
        start(scene, PlanFile([], columns=("Имя", "Телефон")))


def test_only_a_coordinator_of_the_place_imports_and_sees_the_draft(scene):
    with pytest.raises(NotYours):
        start_import(scene.town, two_sections().upload(), by=scene.executor)
    draft = start(scene)
    with pytest.raises(NotFound):
        import_draft(draft.id, seen_by=scene.stranger)


def test_a_draft_that_is_given_up_leaves_nothing(scene):
    drop_draft(start(scene), by=scene.coordinator)

    assert count(ImportDraft) == 0
    assert count(Measure) == 0


def edited() -> PlanFile:
    """The plan a year later: a row put in first, numbers shifted, one reworded, moved, withdrawn."""
    (kadry, first), (itogi, second) = two_sections().sections
    seminar, rules, teaching = first
    report, _site = second
    return PlanFile(
        [
            (
                kadry,
                [
                    ("1.1", "Создать реестр наставников", "Реестр", "апрель 2027 года", "Служба", "Реестр"),
                    ("1.2", *seminar[1:]),
                    ("1.3", *teaching[1:3], "ежемесячно", *teaching[4:]),
                ],
            ),
            (
                itogi,
                [
                    ("2.1", "Подготовить годовой отчёт совету", *report[2:]),
                    ("2.2", *rules[1:]),
                ],
            ),
        ]
    )


def kinds_of(draft, plan) -> dict[str, list[str]]:
    return {d.line.fields["title"]: d.kinds for d in compared(draft, plan) if not d.is_same}


def test_a_newer_edition_shows_what_is_new_withdrawn_moved_reworded_and_renumbered(scene):
    plan = imported(scene)

    draft = start(scene, edited(), plan)

    assert kinds_of(draft, plan) == {
        "Создать реестр наставников": ["new"],
        "Провести семинар наставников": ["renumbered"],
        "Обучить молодых учителей": ["changed"],
        "Подготовить годовой отчёт совету": ["reworded"],
        "Утвердить положение о конкурсе": ["moved", "renumbered"],
        "Опубликовать итоги на сайте": ["withdrawn"],
    }


def test_the_same_file_again_differs_in_nothing(scene):
    plan = imported(scene)

    assert kinds_of(start(scene, two_sections(), plan), plan) == {}


def test_an_edition_applied_whole_makes_the_plan_like_the_file(scene):
    plan = imported(scene)
    before = {m.title: m.id for m in measures_of(plan)}
    draft = start(scene, edited(), plan)

    done = apply_edition(draft, {name_of(d) for d in compared(draft, plan)}, ground=ACT, by=scene.coordinator)

    after = measures_of(plan)
    assert done == 6
    assert [m.number for m in after if m.section.title == "Кадры"] == ["1.1", "1.2", "1.3"]
    assert [m.title for m in after if m.section.title == "Итоги"] == [
        "Подготовить годовой отчёт совету",
        "Утвердить положение о конкурсе",
    ]
    kept = {m.id for m in after} & set(before.values())
    assert len(kept) == 4
    moved = next(m for m in after if m.title.startswith("Утвердить"))
    assert moved.id == before["Утвердить положение о конкурсе"]
    entry = next(e for e in entries(moved) if e.action == "measure.edit")
    assert (entry.ground, entry.changes["number"]) == (ACT, ["1.2", "2.2"])
    assert kinds_of(start(scene, edited(), plan), plan) == {}


def test_only_the_chosen_differences_are_applied(scene):
    plan = imported(scene)
    draft = start(scene, edited(), plan)
    chosen = {name_of(d) for d in compared(draft, plan) if d.kinds == ["new"]}

    apply_edition(draft, chosen, ground=ACT, by=scene.coordinator)

    titles = [m.title for m in measures_of(plan)]
    assert len(titles) == 6
    assert "Опубликовать итоги на сайте" in titles
    assert "Подготовить отчёт совету" in titles


def test_an_edition_needs_the_amending_act_and_something_chosen(scene):
    plan = imported(scene)
    draft = start(scene, edited(), plan)

    with pytest.raises(Blocked, match="Назовите документ"):
        apply_edition(draft, {"new:0.0"}, ground="", by=scene.coordinator)
    with pytest.raises(Invalid, match="хотя бы одно"):
        apply_edition(draft, set(), ground=ACT, by=scene.coordinator)


def test_a_new_section_comes_with_the_edition(scene):
    plan = imported(scene)
    file = edited()
    file.sections.append(
        ("3. Цифра", [("3.1", "Открыть портал", "Портал", "май 2027 года", "Служба", "Акт")])
    )
    draft = start(scene, file, plan)

    apply_edition(draft, {name_of(d) for d in compared(draft, plan)}, ground=ACT, by=scene.coordinator)

    assert [s.title for s in sections_of(plan)] == ["Кадры", "Итоги", "Цифра"]


def test_an_edition_without_a_column_of_executors_leaves_them(scene):
    plan = imported(scene)
    file = replace(edited(), columns=TITLES[:4] + TITLES[5:])
    file.sections = [(title, [row[:4] + row[5:] for row in rows]) for title, rows in file.sections]
    draft = start(scene, file, plan)

    apply_edition(draft, {name_of(d) for d in compared(draft, plan)}, ground=ACT, by=scene.coordinator)

    seminar = next(m for m in measures_of(plan) if m.title.startswith("Провести семинар"))
    assert [p.name for p in seminar.participations] == ["Школа"]


@needs_inputs
def test_the_real_plan_is_imported_whole(scene):
    file = INPUTS / "002_roadmap_plan.docx"
    with file.open("rb") as stream:
        draft = start_import(scene.town, Upload(file.name, stream), by=scene.coordinator)

    facts = PlanFacts("Учитель будущего", 2020, 2020, "2020 год")
    plan = confirm_import(draft, facts, by=scene.coordinator)

    measures = measures_of(plan)
    golden = json.loads((INPUTS / "002_roadmap_plan.golden.json").read_text(encoding="utf-8"))
    wanted = [row["title"] for section in golden["sections"] for row in section["measures"]]
    assert (len(sections_of(plan)), len(measures)) == (len(golden["sections"]), len(wanted))
    assert all(m.source["cells"]["title"] for m in measures)
    named = [len(row["executors"]) for section in golden["sections"] for row in section["measures"]]
    assert [len(m.participations) for m in measures] == named
