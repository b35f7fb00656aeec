"""What people read: dates, numbers, plurals and the spaces between words."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from babel import Locale
from flask import Flask
from flask_babel import Babel
from jinja2 import Environment
from markupsafe import Markup

from core import filters, typography, words

NB = "\u00a0"


def plain(text: str) -> str:
    return text.replace(NB, "_").replace(typography.JOINER, "")


def test_a_date_is_shown_day_first():
    assert filters.dmy(date(2027, 3, 5)) == "05.03.2027"
    assert filters.dm(date(2027, 3, 5)) == "05.03"


def test_a_moment_is_shown_by_the_clock_of_the_office():
    late_evening_in_utc = datetime(2027, 1, 19, 22, 40, tzinfo=UTC)

    assert filters.moment(late_evening_in_utc) == "20.01.2027, 01:40"
    assert filters.dmy(late_evening_in_utc) == "20.01.2027"
    assert filters.iso(late_evening_in_utc) == "2027-01-20T01:40+03:00"


def test_no_date_is_shown_as_nothing():
    shown = {show(None) for show in (filters.dmy, filters.dm, filters.iso, filters.long_date, filters.moment)}

    assert shown == {""}


def test_a_long_date_does_not_break_between_lines():
    assert plain(filters.long_date(date(2027, 1, 20))) == "20_января_2027_г."
    assert plain(filters.day_month(date(2027, 1, 20))) == "20_января"
    assert filters.weekday(date(2027, 1, 20)) == "среда"
    assert plain(filters.month_year(date(2027, 1, 20))) == "Январь_2027"


def test_a_time_of_day_has_two_digits():
    assert filters.clock_time(time(9, 5)) == "09:05"
    assert filters.clock_time(datetime(2027, 1, 20, 7, 42, tzinfo=UTC)) == "10:42"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (-33, "просрочено на 33_дня"),
        (-12, "просрочено на 12_дней"),
        (-1, "просрочено на 1_день"),
        (0, "сегодня"),
        (1, "завтра"),
        (2, "осталось 2_дня"),
        (5, "осталось 5_дней"),
        (21, "остался 21_день"),
        (111, "осталось 111_дней"),
    ],
)
def test_nearness_of_a_due_date_is_said_in_words(left, said):
    assert plain(filters.days_left(left)) == said


@pytest.mark.parametrize(("left", "tone"), [(-1, "overdue"), (0, "soon"), (14, "soon"), (15, ""), (None, "")])
def test_a_due_date_is_coloured_only_when_it_is_near_or_past(left, tone):
    assert filters.nearness(left) == tone


def test_nothing_is_said_when_there_is_no_due_date():
    assert filters.days_left(None) == ""


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, "файлов"), (1, "файл"), (2, "файла"), (4, "файла"), (5, "файлов"), (11, "файлов"), (14, "файлов"),
     (21, "файл"), (22, "файла"), (25, "файлов"), (101, "файл"), (111, "файлов"), (1002, "файла")],
)  # fmt: skip
def test_a_word_agrees_with_its_number(count, form):
    assert words.plural(count, "файл", "файла", "файлов") == form


def test_other_languages_take_their_plural_from_their_catalogue(monkeypatch):
    english = {"файл": "file", "файлов": "files"}
    monkeypatch.setattr(words, "get_locale", lambda: Locale("en"))
    monkeypatch.setattr(words, "ngettext", lambda one, many, n: english[one if n == 1 else many])

    assert [words.plural(n, "файл", "файла", "файлов") for n in (1, 2, 5)] == ["file", "files", "files"]


def test_dates_follow_the_language_of_the_page():
    app = Flask(__name__)
    Babel(app, default_locale="en")

    with app.test_request_context():
        assert plain(filters.long_date(date(2027, 1, 20))) == "20_January_2027"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(12.4, None, "12,4"), (1234567, None, "1_234_567"), (12.45, 1, "12,5"), (7, 2, "7,00"),
     (Decimal("0.5"), 0, "1"), (-3, None, "-3")],
)  # fmt: skip
def test_numbers_have_a_decimal_comma_and_unbroken_thousands(value, digits, shown):
    assert plain(filters.number(value, digits)) == shown


def test_percent_is_a_share_of_one():
    assert plain(filters.percent(0.124, 1)) == "12,4_%"
    assert plain(filters.percent(Decimal(1))) == "100_%"
    assert filters.percent(None) == ""


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0_байт"), (512, "512_байт"), (1024, "1_КБ"), (389_120, "380_КБ"), (1_468_007, "1,4_МБ"),
     (35_651_584, "34_МБ"), (5 * 1024**3, "5_ГБ")],
)  # fmt: skip
def test_the_size_of_a_file_is_rounded_for_people(size, shown):
    assert plain(filters.filesize(size)) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("приказ № 6-р", "приказ №_6-р"),
        ("приказ №6-р", "приказ №_6-р"),
        ("не менее 12 % педагогов", "не_менее 12_% педагогов"),
        ("до 20 января 2027 г.", "до_20_января 2027_г."),
        ("Тополева С. М.", "Тополева_С._М."),
        ("С. М. Тополева", "С._М._Тополева"),
        ("работа и отдых", "работа и_отдых"),
        ("и в школе", "и_в_школе"),
        ("срок — завтра", "срок_— завтра"),
        ("п. 3 приказа", "п._3 приказа"),
        ("за III квартал", "за_III_квартал"),
        ("Лугожская СОШ № 2", "Лугожская СОШ_№_2"),
        ("обычные слова", "обычные слова"),
    ],
)
def test_spaces_that_must_not_break_do_not_break(written, shown):
    assert plain(typography.typo(written)) == shown


def test_typography_changes_no_letter():
    written = "Приказ № 6-р от 14.01.2027 «О работе в 2026/27 уч. году» — п. 3, С. М. Тополева, 12 %"

    assert typography.typo(written).replace(NB, " ").replace(typography.JOINER, "") == written


def test_the_number_of_an_act_stays_on_one_line():
    joined = f"6{typography.JOINER}-{typography.JOINER}р"

    assert typography.typo("приказ № 6-р, по-новому") == f"приказ №{NB}{joined}, по-новому"


def test_typography_leaves_tags_and_what_is_typed_alone():
    markup = Markup('<a href="/a в б" title="и в">и в школе</a><textarea>и в школе</textarea>')

    shown = typography.typo(markup)

    assert plain(shown) == '<a href="/a в б" title="и в">и_в_школе</a><textarea>и в школе</textarea>'
    assert isinstance(shown, Markup)


def test_plain_text_is_still_escaped_after_typography():
    template = Environment(autoescape=True).from_string("{{ typo(text) }}")

    assert template.render(typo=typography.typo, text="<b> и в") == f"&lt;b&gt; и{NB}в"


def test_only_long_words_get_soft_hyphens():
    shown = typography.shy("Приказ об индивидуальных маршрутах")

    assert typography.SHY in shown
    assert shown.replace(typography.SHY, "") == "Приказ об индивидуальных маршрутах"
    assert shown.startswith("Приказ об ")


def test_an_application_gets_every_filter_and_the_counting_functions():
    app = Flask(__name__)
    Babel(app, default_locale="ru")

    filters.register(app)

    with app.app_context():
        shown = app.jinja_env.from_string("{{ d|dmy }} {{ counted(3, 'файл', 'файла', 'файлов') }}")
        assert plain(shown.render(d=date(2027, 1, 20))) == "20.01.2027 3_файла"
        assert filters.FILTERS.keys() <= app.jinja_env.filters.keys()
