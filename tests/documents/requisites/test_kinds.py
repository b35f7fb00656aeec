"""Kind words in any case, and what the archive files them as."""

import pytest

from documents.kinds import DocumentKind
from documents.requisites.kinds import document_kind, kinds_in
from documents.requisites.nouns import NOUNS


@pytest.mark.parametrize(
    ("noun", "kind"),
    [("приказ", "order"), ("распоряжение", "directive"), ("постановление", "decree"), ("решение", "decision")]
    + [("протокол", "minutes"), ("выписка", "minutes_extract"), ("договор", "contract"), ("письмо", "letter")]
    + [("справка", "memo"), ("концепция", "concept"), ("положение", "regulation"), ("план", "plan")]
    + [("отчёт", "report"), ("отчет", "report"), ("комплекс мер", "plan"), ("докладная записка", "memo")]
    + [("федеральный закон", "law"), ("указ", "edict"), ("неведомое", "other")],
)
def test_a_kind_is_filed_as_the_archive_names_it(noun: str, kind: str) -> None:
    assert document_kind(noun) == DocumentKind(kind)


def test_every_kind_a_heading_can_have_is_filed_on_purpose() -> None:
    others = {noun for noun in NOUNS.values() if document_kind(noun) == DocumentKind.OTHER}
    assert others == {"акт"}


@pytest.mark.parametrize(
    "printed", ["приказа", "Приказом", "ПРИКАЗЕ", "приказов", "приказами", "приказах", "приказу", "приказы"]
)
def test_a_kind_is_known_in_any_case(printed: str) -> None:
    assert [kind.noun for kind in kinds_in(f"во исполнение {printed} Министерства")] == ["приказ"]


@pytest.mark.parametrize(
    "printed", ["приказываю", "указанный", "законодательство", "решительно", "договориться"]
)
def test_a_word_that_only_begins_like_a_kind_is_none(printed: str) -> None:
    assert kinds_in(printed) == []


def test_a_federal_law_is_one_word_over_a_line_break() -> None:
    assert [kind.noun for kind in kinds_in("на основании Федерального\nзакона")] == ["федеральный закон"]
