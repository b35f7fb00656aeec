"""The checks against the labelled rows, and each kind against a planted contradiction."""

from datetime import date

import pytest

from reports.contradictions import Act, Evidence, Frame, Row, Turns, contradictions
from reports.contradictions.sentences import KINDS, SENTENCES, told
from tests.reports.contradictions.labelled import PARTS, labelled, part, precision, recall, score

FRAME = Frame(date(2027, 1, 15), date(2026, 1, 1), date(2026, 12, 31))


def row(text: str, **facts: object) -> Row:
    return Row(1, "1.1", "Провести семинар", "executed", "исполнено", text, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PARTS)
def test_precision_and_recall_reach_the_goal(name: str) -> None:
    counted, wrong = score(part(name))

    assert precision(counted) >= 0.9, wrong
    assert recall(counted) >= 0.8, wrong


def test_the_set_is_large_enough_and_half_of_it_is_clean() -> None:
    rows = labelled()
    clean = sum(not r["found"] for r in rows)

    assert len(rows) >= 150
    assert 0.45 <= clean / len(rows) <= 0.6
    assert {kind for r in rows for kind in r["found"]} == set(KINDS) == set(SENTENCES)


def test_a_check_that_finds_nothing_would_miss_the_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.contradictions.checking.CHECKS", ())

    counted, _wrong = score(part("held-out half"))

    assert recall(counted) < 0.8


def test_a_check_that_finds_something_everywhere_would_miss_the_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.contradictions.saying.undone_clause", lambda text: text or "x")

    counted, _wrong = score(part("held-out half"))

    assert precision(counted) < 0.9


@pytest.mark.parametrize(
    ("planted", "kind", "words"),
    [
        (row("Семинар перенесён на март."), "status_against_text", "Семинар перенесён на март"),
        (
            row("Семинар проведён.", evidence=(Evidence("Протокол", date=date(2025, 3, 1)),)),
            "evidence_outside_period", "01.03.2025",
        ),
        (
            row("Семинар проведён.", evidence=(Evidence("Протокол", date=date(2027, 3, 1)),)),
            "evidence_after_report", "01.03.2027",
        ),
        (
            row("Приняли участие 34 педагога.", evidence=(Evidence("Лист", text="Были 18 педагогов"),)),
            "figure_against_evidence", "18 педагогов",
        ),
        (
            row("Исполнено.", acts=(Act("Приказ № 7", date(2026, 2, 1)),), actual=date(2026, 3, 1)),
            "repealed_act", "Приказ № 7",
        ),
        (row("Исполнено.", turns=Turns(4, 3)), "too_few_occurrences", "4"),
    ],
)  # fmt: skip
def test_the_sentence_names_what_contradicts(session: object, planted: Row, kind: str, words: str) -> None:
    found = contradictions([planted], FRAME)

    assert [each.kind for each in found] == [kind]
    assert words in told(kind, dict(found[0].words))


def test_a_fingerprint_holds_until_the_row_says_something_else() -> None:
    before, same, other = (
        contradictions([row(text)], FRAME)[0].fingerprint
        for text in ("Семинар перенесён на март.", "Семинар перенесён на март.", "Семинар отложен на март.")
    )

    assert before == same
    assert before != other


def test_a_long_report_is_checked_quickly() -> None:
    """Six hundred long rows: the comparison with all others must not grow with the square."""
    rows = [
        Row(
            n,
            str(n),
            "",
            "executed",
            "исполнено",
            f"Проведено {n} занятий. " + "слово " * 5 + f"особое{n} " * 40,
        )
        for n in range(600)
    ]

    found = contradictions(rows, FRAME)

    assert found == []
