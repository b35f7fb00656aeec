"""Names go, posts stay; what looks like a name and is none stays too."""

import pytest

from reports.publication.redaction import NAME_GONE, WORD_GONE, Rules, pieces, redacted

RULES = Rules(frozenset({"Тополева", "Берёзкин", "Ясенева"}))
GONE = [
    ("Тополева С. М. провела семинар", f"{NAME_GONE} провела семинар"),
    ("Тополевой С.М., методисту центра", f"{NAME_GONE}, методисту центра"),
    ("выступила С. М. Тополева", f"выступила {NAME_GONE}"),
    ("С.М.Тополева, директор", f"{NAME_GONE}, директор"),
    ("Дубравина Светлана Александровна, педагог-психолог", f"{NAME_GONE}, педагог-психолог"),
    ("Светланы Александровны Дубравиной", NAME_GONE),
    ("договор с Ольховым Иваном Петровичем заключён", f"договор с {NAME_GONE} заключён"),
    ("благодарим Ивана Петровича", f"благодарим {NAME_GONE}"),
    ("победитель — Мария Кленова", f"победитель — {NAME_GONE}"),
    ("Кленова Мария заняла первое место", f"{NAME_GONE} заняла первое место"),
    ("Рябинин В. -участник конкурса", f"{NAME_GONE} -участник конкурса"),
    ("ответила Тополева", f"ответила {NAME_GONE}"),
    ("поручено Берёзкину", f"поручено {NAME_GONE}"),
    ("Римская-Корсакова А. Б.", NAME_GONE),
    ("пишите на topoleva@example.ru", f"пишите на {WORD_GONE}"),
    ("тел. +7 (81362) 55-123 и 8 921 123-45-67", f"тел. +7 (81362) 55-123 и {WORD_GONE}"),
    ("СНИЛС 112-233-445 95", f"СНИЛС {WORD_GONE}"),
]
STAYS = [
    "РГПУ им. А. И. Герцена", "школа имени Юрия Гагарина", "Протокол совещания руководителей",
    "педагог-психолог, учитель технологии", "Всероссийский конкурс «Учитель года»",
    "Приказ от 12.03.2026 № 45", "Комитет образования Приозёрного района", "п. 1.2, таблица А.",
    "Методической службой проведено 3 семинара", "Директор школы № 1", "Тополёк: детский сад",
    "Май 2027 года", "Совет руководителей", "Иванский район",
]  # fmt: skip


@pytest.mark.parametrize(("text", "public"), GONE)
def test_names_and_contacts_go_and_posts_stay(text: str, public: str) -> None:
    assert redacted(text, RULES) == public


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_name_stays(text: str) -> None:
    assert redacted(text, RULES) == text


def test_words_by_hand_go_everywhere_in_any_case() -> None:
    rules = Rules(hidden=("победитель конкурса",))

    assert redacted("Победитель конкурса и победитель Конкурса", rules) == f"{WORD_GONE} и {WORD_GONE}"


def test_words_that_a_person_keeps_stay() -> None:
    text = "Чтения памяти учителя: Светлана Дубравина"

    assert redacted(text, Rules(kept=("Светлана Дубравина",))) == text
    assert redacted(text, Rules()) != text


def test_pieces_put_together_are_the_text() -> None:
    text = "Тополева С. М. и Берёзкин, topoleva@example.ru; школа им. А. И. Герцена"

    cut = pieces(text, RULES)

    assert "".join(piece.text for piece in cut) == text
    assert [piece.text for piece in cut if piece.gone] == [
        "Тополева С. М.",
        "Берёзкин",
        "topoleva@example.ru",
    ]
