"""Forms of execution and the documents they require."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.evidence_forms import KINDS, Requirement, kind_of_title, requirements, unmet

FORMS = [
    ("Протокол совещания руководителем", [("minutes", 1)]),
    ("Договор образовательного учреждения о профессиональном образовании", [("contract", 1)]),
    ("Данные с сайта", [("publication", 1)]),
    ("Распоряжение Комитета образования", [("directive", 1)]),
    ("План по повышению уровня профессионального мастерства кадрового резерва", [("plan", 1)]),
    ("Сформированы списки слушателей", [("list", 1)]),
    ("Протокол заседания МО учителей-предметников", [("minutes", 1)]),
    ("Информация о количестве педагогических работников, прошедших КПК", [("report", 1)]),
    ("Протокол комиссии", [("minutes", 1)]),
    ("Участие в конкурсе в установленном порядке", [("other", 1)]),
    ("Списки молодых специалистов в", [("list", 1)]),
    ("Положения о наставничестве", [("regulation", 1)]),
    ("приказ, протокол", [("order", 1), ("minutes", 1)]),
    ("приказ\nпротокол", [("order", 1), ("minutes", 1)]),
    ("договоры – 3", [("contract", 3)]),
    ("договоры (3 шт.)", [("contract", 3)]),
    ("3 программы", [("plan", 3)]),
    ("не менее двух приказов", [("order", 2)]),
    ("2 договора, 1 соглашение", [("contract", 2), ("contract", 1)]),
    ("Приказ о создании рабочей группы", [("order", 1)]),
    ("Приказ № 5 от 01.09.2021", [("order", 1)]),
    ("Аналитическая справка", [("memo", 1)]),
    ("Отчет, фотоотчет", [("report", 1), ("photo", 1)]),
    ("информация на сайте (ссылка)", [("publication", 1)]),
    ("Положение, приказ об утверждении", [("regulation", 1), ("order", 1)]),
    ("Положение и приказ", [("regulation", 1), ("order", 1)]),
    ("Приказ об утверждении положения и плана", [("order", 1)]),
    ("Приказ об утверждении плана, графика", [("order", 1)]),
    ("приказы, методические рекомендации", [("order", 1), ("other", 1)]),
    ("Копия приказа, копия протокола", [("order", 1), ("minutes", 1)]),
    ("Выписка из протокола", [("minutes_extract", 1)]),
    ("Сертификаты, удостоверения о повышении квалификации", [("certificate", 1), ("certificate", 1)]),
    ("Отчет о выполнении плана", [("report", 1)]),
    ("Решение Совета депутатов", [("decision", 1)]),
    ("Концепция", [("concept", 1)]),
    ("<p>Приказ</p>", [("order", 1)]),
    ("", []),
    ("-", []),
    ("х", []),
]


@pytest.mark.parametrize(("form", "expected"), FORMS, ids=[form[:40] or "empty" for form, _ in FORMS])
def test_a_form_asks_for_these_documents(form: str, expected: list[tuple[str, int]]) -> None:
    assert [(needed.kind, needed.count) for needed in requirements(form)] == expected


@pytest.mark.parametrize("form", ["Протокол или приказ", "протокол/приказ", "протокол либо приказ"])
def test_alternatives_are_one_requirement_met_by_either(form: str) -> None:
    needed = requirements(form)

    assert needed[0].kinds == ("minutes", "order") and len(needed) == 1
    assert unmet(needed, ["order"]) == ()


def test_the_printed_words_stay_with_the_requirement() -> None:
    assert requirements("Приказ о создании рабочей группы")[0].text == "Приказ о создании рабочей группы"


def test_what_is_missing_is_counted() -> None:
    assert unmet(requirements("договоры – 3"), ["contract"]) == (
        Requirement(("contract",), 2, "договоры – 3"),
    )


def test_one_document_meets_one_requirement_only() -> None:
    assert [needed.kind for needed in unmet(requirements("приказ, протокол"), ["order", "order"])] == [
        "minutes"
    ]


def test_documents_are_shared_out_so_that_most_requirements_are_met() -> None:
    needed = requirements("протокол или приказ, приказ")
    assert unmet(needed, ["order", "minutes"]) == ()


def test_an_unknown_form_is_met_by_any_document() -> None:
    needed = requirements("Участие в конкурсе")
    assert unmet(needed, []) == needed and unmet(needed, ["photo"]) == ()


def test_an_unknown_form_leaves_the_named_document_to_the_form_that_needs_it() -> None:
    assert unmet(requirements("методические рекомендации, приказ"), ["order", "letter"]) == ()


def test_an_extract_counts_as_minutes_and_not_the_other_way() -> None:
    assert unmet(requirements("протокол"), ["minutes_extract"]) == ()
    assert unmet(requirements("выписка из протокола"), ["minutes"]) != ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Приказ_№12.docx", "order"),
        ("prikaz 12.pdf", "order"),
        ("IMG_2031.jpg", "photo"),
        ("Фото1.png", "photo"),
        ("Выписка из протокола.pdf", "minutes_extract"),
        ("otchet_2021.xlsx", "report"),
        ("scan0001.pdf", "other"),
        ("Скриншот сайта.png", "publication"),
        ("Договор о сетевом взаимодействии", "contract"),
        ("Аналитическая_справка.doc", "memo"),
        ("Протокол совещания от 12.01.pdf", "minutes"),
        ("", "other"),
    ],
)
def test_the_title_of_a_document_tells_its_kind(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from([form for form, _ in FORMS]), max_size=5).map(", ".join),
    )
)
def test_any_form_gives_requirements_of_known_kinds(form: str) -> None:
    needed = requirements(form)

    assert all(set(one.kinds) <= set(KINDS) and one.count >= 1 for one in needed)
    attached = [one.kind for one in needed for _ in range(one.count)]
    assert unmet(needed, attached) == ()
    assert kind_of_title(form) in KINDS
