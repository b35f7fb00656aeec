"""What a cell looks like by its content: a number, a period, a status, a body, a document."""

from __future__ import annotations

import re
from collections.abc import Callable

from roadmap.reading.words import fold

NUMBER = re.compile(
    r"(?:№\s*)?(?:(?:\d{1,3}(?:\.\d{1,3}){0,4})|[IVXLC]{1,6}(?:\.\d{1,3}){0,3})[.)]?|[а-яa-z][.)]",
    re.I,
)
# Words of which one is enough to call a text a time.
_TIME = (
    r"январ\w*|феврал\w*|март\w*|апрел\w*|\bма[йея]\b|\bмаем\b|июн\w*|июл\w*|август\w*|сентябр\w*|"
    r"октябр\w*|ноябр\w*|декабр\w*|\b(?:янв|фев|мар|апр|авг|сент?|окт|нояб?|дек)\b|квартал\w*|\bкв\b|полугоди\w*|"
    r"\bг(?:г|од[аыу]?|одах|одов|одам)?\b|\d{1,2}[./]\d\d(?:[./](?:20)?\d\d)?|(?:19|20)\d\d(?:-\d\d-\d\d)?|"
    r"ежегодн\w*|ежемесячн\w*|ежеквартальн\w*|еженедельн\w*|ежедневн\w*|постоянн\w*|систематическ\w*|"
    r"регулярн\w*|в течение|по мере\s\w+|по (?:отдельному )?(?:графику|плану)|не (?:позднее|позже|реже)|"
    r"весь период|\bдекад\w*|недел\w*|\bчисла\b|месяц\w*|\bдн(?:я|ей|и)\b|\bдень\b|каникул\w*|"
    r"незамедлительно|согласно (?:плану|графику|срокам)|учебн\w+ год\w*|"
    r"кажд\w+ (?:год|месяц|квартал|недел)\w*"
)
# Words that stand beside them and alone say nothing.
_BESIDE = (
    r"учебн\w*|раз\w? в|кажд\w+|до начала|до конца|\bсрок\w*|начиная|далее|весн\w*|осен\w*|летн\w*|зимн\w*|"
    r"отчетн\w*|текущ\w*|следующ\w*|предшеств\w*|\bлет[оа]?\b|этап\w*|четверт\w*|период\w*|рабочих|"
    r"календарн\w*|необходимости|одного|два|раза?|конц\w|начал\w|согласно|график\w*"
)
_TIME_WORD = re.compile(_TIME)
_PERIOD_WORD = re.compile(f"{_TIME}|{_BESIDE}")
_SMALL = re.compile(r"\b(?:с|со|по|до|и|в|во|на|к|за|от|из|не|или|но|для|года|[ivx]+|\d+)\b|[\W\d_]+")
_STATUS = re.compile(
    r"(?:мероприятие |работа |контрольное событие |показатель |задача |пункт )?(?:находится |было |были )?(?:"
    r"(?:не |частично |полностью |досрочно |своевременно )?(?:исполнен|выполнен|реализован|"
    r"достигнут|завершен|наступил)"
    r"(?:о|а|ы|но)?(?: не)?(?: частично| полностью| в полном объеме| не в полном объеме| досрочно|"
    r" своевременно| в срок"
    r"| с нарушением сроков?| с опозданием| с просрочкой| позже срока| без нарушения сроков?)?|"
    r"в (?:стадии|процессе|ходе) (?:исполнения|выполнения|реализации)|в реализации|в работе|"
    r"на исполнении|исполняется|"
    r"выполняется|реализуется|в процессе|частично|перенесен[оаы]?|"
    r"срок (?:исполнения )?(?:перенесен|продлен|не наступил)|"
    r"(?:не наступил|не подошел) срок|продлен[оаы]?|отменен[оаы]?|исключен[оаы]?|снят[оаы]? с контроля|"
    r"утратил[оаи]? актуальность|не актуально|неактуально|просрочен[оаы]?|запланирован[оаы]?|на контроле|"
    r"на рассмотрении|не требуется|не начат[оаы]?|не проводил(?:ось|ся|ась)|не состоял(?:ось|ся|ась)|"
    r"проведен[оаы]?|не проведен[оаы]?)"
)
_STATUS_ENDS = re.compile(r"\s*(?:$|[.;:,(\n]|\s[-–—]\s|[-–—])")
_BODY = re.compile(
    r"отдел|комитет|управлени|министерств|департамент|администраци|служб|учрежден|организаци|центр|школ|"
    r"директор|руководител|специалист|заместител|методист|начальник|председател|педагог|учител|комисси|"
    r"совет|мбу|моу|мбоу|мкоу|гбу|гау|фгб|ано|ооо|роо|оо\b|доу|куратор|наставник|секретар|"
    r"глав[аы]|зам\.|завуч|"
    r"[а-я]\.\s?[а-я]\.",
    re.I,
)
_NAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+"
)
_DOCUMENT = re.compile(
    r"протокол|приказ|распоряжени|постановлени|решени|договор|соглашени|план|положени|список|списки|отчет|"
    r"информаци|справк|акт\b|данные|письм|программ|регламент|график|дорожн|анкет|журнал|материал|публикац|сайт",
    re.I,
)
_LEVEL = re.compile(
    r"(?:(?:муниципальная |государственная |комплексная )?(?:под)?программа|(?:основное )?мероприятие|"
    r"(?:контрольное )?событие|контрольная точка|ведомственная целевая программа|проект|задача|"
    r"направление)(?: [\d.]+)?"
)
_VALUE = re.compile(
    r"(?:не менее |не более |до |от |свыше |[<>≥≤]\s*)?-?\d[\d\s]*(?:[.,]\d+)?\s*(?:%|процент\w*|"
    r"чел\w*\.?|ед\w*\.?|шт\.?|балл\w*)?(?:\s*\(.*\))?",
    re.I | re.S,
)


def is_number(text: str) -> bool:
    """Whether the cell holds a printed number of a row («1.1.», «IV», «а)»)."""
    return NUMBER.fullmatch(text.strip()) is not None


def is_period(text: str) -> bool:
    """Whether the whole text reads as a time: words of time leave next to nothing else in it."""
    folded = fold(text)
    if not folded or len(folded) > 160 or not _TIME_WORD.search(folded):
        return False
    rest = _SMALL.sub("", _PERIOD_WORD.sub(" ", folded))
    return len(rest) <= 0.35 * len(folded)


def is_status(text: str) -> bool:
    """Whether the whole cell is a status phrase, perhaps with a short remark."""
    folded = fold(text).rstrip(".")
    match = _STATUS.match(folded)
    return match is not None and match.end() >= 0.6 * len(folded)


def status_length(text: str) -> int:
    """The length of the status phrase that starts the text and is set off from the rest; 0 if none."""
    folded = text.lower().replace("ё", "е")
    match = _STATUS.match(folded)
    if match is None or not _STATUS_ENDS.match(folded, match.end()):
        return 0
    return match.end()


def is_body(text: str) -> bool:
    """Whether the text names organisations or people."""
    return len(text) <= 400 and (_NAME.search(text) is not None or _BODY.search(fold(text)) is not None)


def is_document(text: str) -> bool:
    """Whether the text names a document that could prove something."""
    return len(text) <= 300 and _DOCUMENT.search(fold(text)) is not None


def is_level(text: str) -> bool:
    """Whether the text names a level of a programme, as «Статус» does in some reports."""
    return _LEVEL.fullmatch(fold(text)) is not None


def is_value(text: str) -> bool:
    """Whether the text is a quantity («10,42% (1487 чел.)», «не менее 5»)."""
    return _VALUE.fullmatch(text.strip()) is not None


def share(texts: list[str], test: Callable[[str], object]) -> float:
    """The share of non-empty texts that pass the test; 0 when all are empty."""
    filled = [text for text in texts if text]
    return sum(bool(test(text)) for text in filled) / len(filled) if filled else 0.0
