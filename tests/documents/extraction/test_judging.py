"""A text layer is believed when it reads like Russian print, and not otherwise."""

import pytest

from documents.extraction.judging import fault_of

HONEST = (
    "ПРИКАЗ от 30.07.2021 № 60/1-р. В соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ утвердить "
    "план мероприятий (IT-инфраструктура, Wi-Fi, ГОСТ Р ИСО 9001). Контроль возложить на заместителя. "
    "ПФДО, МБОУ СОШ № 3, https://sgo.volganet.ru/ ______________ Начальник отдела Петрова Л.А."
)
ENGLISH = "The annual report describes measures of the council and gives figures for every quarter of it."


@pytest.mark.parametrize("text", [HONEST, ENGLISH, "12.5 14,7 18 % 2021 2022 2023", "Таблица 1"])
def test_honest_print_is_believed(text: str) -> None:
    assert fault_of(text, 0.0) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (" \n ", "empty"),
        (HONEST.encode().decode("latin-1"), "mojibake"),
        ("".join(chr(0xE000 + ord(sign) % 200) for sign in HONEST), "empty"),
        (HONEST.replace("а", "a").replace("о", "o").replace("е", "e"), "lookalikes"),
        (HONEST.encode("cp1251").decode("cp866", "replace"), "mojibake"),
        ("пРИКАЗ утвЕрДиТь плаНоВыЕ меРОпрИяТия райОНа отДЕла покаЗАТелей сроКОВ контРОЛя", "garbage"),
        (
            "~ ^ ж | , ; > < } { ] [ + = ) ( * & " * 4,
            "garbage",
        ),
        ("Cтр рвлд вдлр прстн клмн вгдж бкршт цфхс нмтк првд", "garbage"),
    ],
)
def test_what_only_looks_like_text_is_recognised_anew(text: str, fault: str) -> None:
    assert fault_of(text, 0.0) == fault


def test_a_stamp_over_a_scan_is_no_text_of_the_page() -> None:
    stamp = "Документ подписан электронной подписью, сертификат 00A1"

    assert fault_of(stamp, 0.97) == "picture"
    assert fault_of(stamp, 0.2) == ""
