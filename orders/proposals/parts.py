"""Who, what and when inside one item: «… Ответственный: … Срок: …», «Руководителям … обеспечить … до …»."""

import re
from dataclasses import dataclass, field

from core.errors import sentence
from roadmap.reading.executors import split_executors

_RESPONSIBLE = re.compile(
    r"[(\s]*\b(?:ответственн(?:ый|ая|ое|ые)(?:\s+(?:исполнител\w+|лиц\w+|за\s+исполнение))?\s*[:–—-]+"
    r"|(?<=[.;]\s)ответственн(?:ый|ая|ые)(?:\s+исполнител[ьи])?\s+(?=[А-ЯЁ])"
    r"|отв\.(?:\s*исполнитель)?\s*[:–—-]*|исполнител[ьи]\s*[:–—-]+)\s*"
    r"(?P<who>.+?)\s*(?=\)|[;,]?\s*\bсрок\w*(?:\s+\w+)?\s*(?:[:–—-]|до\s|к\s|не\s+позднее)|$)",
    re.IGNORECASE | re.DOTALL,
)
_DUE = re.compile(
    r"(?:[(\s]*\bсрок\w*(?:\s+(?:исполнения|реализации|выполнения|представления|проведения))?\s*[:–—-]\s*"
    r"|(?:(?<=[.;,(]\s)|(?<=[.;,(]))срок\w*(?:\s+\w+ия)?\s+(?=(?:до|с|не\s+позднее|к|еже\w+|постоянно)\s))"
    r"(?P<when>.+?)\s*(?=\)|;?\s*\b(?:ответственн\w+|отв\.|исполнител[ьи]\s*[:–—-])|$)",
    re.IGNORECASE | re.DOTALL,
)
_DAY = r"\d{1,2}(?:-?го)?(?:\s+(?:числа|[а-яё]+(?:\s+\d{4})?)|\.\d{1,2}(?:\.\d{2,4})?)(?:\s*(?:года|г\.?))?"
_MONTH = r"(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
_EVERY = (
    r"(?:еже(?:квартально|месячно|годно|недельно|дневно)|"
    r"(?:один|1)\s+раз\s+в\s+(?:год|квартал|месяц|полугодие))"
)
#: Periods inside a sentence, the more telling ones first.
_INSIDE = tuple(
    re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE)
    for pattern in (
        rf"{_EVERY},?\s*(?:до|не\s+позднее|к)\s+{_DAY}(?:\s+месяца,?\s+следующего\s+за\s+отч[её]тным(?:\s+\w+)?)?",
        rf"в\s+срок\s+до\s+{_DAY}",
        rf"(?:до|не\s+позднее|к)\s+{_DAY}",
        r"с\s+\d{1,2}(?:\.\d{1,2}(?:\.\d{2,4})?)?(?:\s+[а-яё]+)?(?:\s+\d{4}(?:\s*г(?:ода|\.))?)?\s+(?:по|до)\s+"
        + _DAY,
        rf"(?<!от\s)(?:\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}})(?:\s*(?:года|г\.?))?",
        rf"в\s+(?:течение\s+)?{_MONTH}(?:\s*[–—-]\s*{_MONTH})?\s+\d{{4}}(?:\s*(?:года|г\.?))?",
        r"в\s+течение\s+(?:\d{4}(?:\s*[–—-]\s*\d{4})?\s*(?:учебного\s+)?(?:года|г\.?)|(?:всего\s+)?(?:учебного\s+)?года|"
        r"\d+(?:-ти|-х)?\s+(?:рабочих\s+|календарных\s+)?(?:дней|дня|месяцев|недель))",
        r"(?:до\s+конца|в\s+конце)\s+(?:\d{4}\s+)?(?:учебного\s+)?(?:года|квартала|месяца)(?:\s+\d{4}\s*г(?:ода|\.))?",
        _EVERY,
        r"(?:постоянно|незамедлительно|срочно)\b",
    )
)
_INFINITIVE = re.compile(
    r"\b(?!мо[гч]|учит|опят)[а-яё]{3,}(?:ть|ти|чь)(?:ся)?\b(?=[\s,.;:]|$)", re.IGNORECASE
)
_CHARGED = re.compile(r"^(?:поручить|рекомендовать|предложить|обязать)\s+", re.IGNORECASE)
_ADDRESSED = re.compile(r"^[А-ЯЁа-яё(«](?:(?!\.\s+[А-ЯЁ][а-яё]{2,}|:).){2,300}$", re.DOTALL)
_DATIVE = re.compile(
    r"^(?:(?:заместител|руководител|начальник|директор|заведующ|методист|специалист|глав|педагог|учител|отдел|"
    r"управлени|комитет|администраци|школ|центр|орган|образовательн|общеобразовательн|муниципальн|дошкольн|"
    r"секретар|председател|служб|министерств|департамент|член|координатор|куратор|психолог|классн|главн|ведущ|"
    r"старш|перв|мбоу|моу|мбу|мку|гбу|оо|доо|имц|цит|зам|бухгалтер|юрист|ответственн)\w*)"
    r"|^[А-ЯЁ][а-яё]+(?:ой|у|ю|ому|е|и)\s+[А-ЯЁ]\.",
    re.IGNORECASE,
)
_ENDINGS = (
    (r"телям\b", "тели"), (r"торам\b", "тора"), (r"рям\b", "ри"), (r"никам\b", "ники"), (r"истам\b", "исты"),
    (r"телю\b", "тель"), (r"арю\b", "арь"), (r"нику\b", "ник"), (r"исту\b", "ист"), (r"тору\b", "тор"),
    (r"огам\b", "оги"), (r"огу\b", "ог"), (r"ующему\b", "ующий"), (r"ующей\b", "ующая"),
    (r"ующим\b", "ующие"), (r"делам\b", "делы"), (r"делу\b", "дел"), (r"лению\b", "ление"),
    (r"лениям\b", "ления"), (r"тету\b", "тет"), (r"трации\b", "трация"), (r"нтру\b", "нтр"),
    (r"школам\b", "школы"), (r"ганам\b", "ганы"), (r"членам\b", "члены"), (r"терству\b", "терство"),
    (r"менту\b", "мент"), (r"теру\b", "тер"),
)  # fmt: skip
_READ_ENDINGS = tuple((re.compile(pattern), nominative) for pattern, nominative in _ENDINGS)
_BEFORE_WHEN = re.compile(
    rf",?\s+(?:{_EVERY}|незамедлительно|срочно|постоянно|(?:в\s+срок\s+)?(?:до|не\s+позднее|с)\s+\d)",
    re.IGNORECASE,
)
_FROM_DATIVE = sentence("Исполнитель взят из обращения в дательном падеже: проверьте название")


@dataclass
class Parts:
    """One item taken apart; `title` is the rest when who and when are taken out of the end."""

    title: str
    executors: list[str] = field(default_factory=list)
    due_text: str = ""
    doubts: list[str] = field(default_factory=list)


def split_parts(text: str) -> Parts:
    """What the item asks for, of whom and by when. Nothing is lost: what is not understood stays title."""
    who, due = _RESPONSIBLE.search(text), _DUE.search(text)
    title = _without(text, [found for found in (who, due) if found])
    executors = split_executors(trimmed(who["who"])) if who else []
    doubts: list[str] = []
    if not executors:
        executors, doubts = executors_of(title)
    due_text = trimmed(due["when"]) if due else period_inside(title)
    return Parts(title, executors, due_text, doubts)


def _without(text: str, found: list[re.Match[str]]) -> str:
    """The text before the first of the marks, and whatever stands after all of them."""
    if not found:
        return text.strip()
    kept = "".join(
        " " if any(m.start() <= at < m.end() for m in found) else char for at, char in enumerate(text)
    )
    kept = re.sub(r"[ \t]+", " ", kept)
    kept = re.sub(r"\(\s*[,;]?\s*\)|\s+(?=[.,;])", "", kept)
    if kept.count(")") > kept.count("("):
        kept = re.sub(r"[\s,;]*\)", "", kept, count=1)
    return re.sub(r"[\s.,;(]*$", "", kept) + "."


def trimmed(text: str) -> str:
    """The text without edges; the dot of an initial stays."""
    text = text.strip(" ;,(\n")
    return text[:-1].rstrip() if text.endswith(".") and not re.search(r"\b\w{1,2}\.$", text) else text


def executors_of(text: str) -> tuple[list[str], list[str]]:
    """Whom an item addresses: «Руководителям ОО … обеспечить …» → («Руководители ОО …»), with doubts."""
    text = _CHARGED.sub("", text)
    verb = _INFINITIVE.search(text)
    head = (text[: verb.start()] if verb else text).strip(" ,:;–—-\n")
    head = _BEFORE_WHEN.split(head)[0].strip(" ,")
    if not head or not _ADDRESSED.match(head) or not _DATIVE.match(head):
        return [], []
    names = split_executors(_nominative(head.strip(" ,")))
    return names, [_FROM_DATIVE] if names else []


def _nominative(text: str) -> str:
    """The first word in the nominative where its ending is known; the rest is the person's to check."""
    first, gap, rest = text.partition(" ")
    for pattern, nominative in _READ_ENDINGS:
        if pattern.search(first):
            first = pattern.sub(nominative, first)
            break
    return f"{first}{gap}{rest}"


def period_inside(text: str) -> str:
    """The due period named in the sentence itself, as printed; empty when there is none."""
    for pattern in _INSIDE:
        if found := pattern.search(text):
            return found[0].strip(" ,;")
    return ""
