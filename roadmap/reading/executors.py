"""Splits the text of a responsible column into the names of bodies and people."""

from __future__ import annotations

import re

from roadmap.reading.words import flat, fold, is_unfinished

_NAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?|[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+"
)
# Persons and bodies in the nominative, which can start a new executor with a small letter. Participles
# («расположенных», «осуществляющие») go on with the name before the comma.
_ADJECTIVE = (
    r"(?!\w+(?:щи[ей]|вши[ей]|(?<!ств)[еа]нны[ей]|[еи]мы[ей])\s)[а-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)\s+"
)
_NOUN = (
    r"руководител[ьи]|директора?|заместител[ьи]|зам|заведующ(?:ий|ая|ие)|начальники?|специалисты?|методисты?|"
    r"педагоги?|учител[ья]|воспитател[ьи]|администрация|администрации|комитеты?|отделы?|управлени[ея]|"
    r"министерств[оа]|департаменты?|служб[аы]|школ[аы]|организации|учреждения|органы|центры?|сады?|советы?|"
    r"комисси[яи]|групп[аы]|секретар[ьи]|председател[ьи]|глав[аы]|координаторы?|кураторы?|"
    r"наставники|психологи?|"
    r"логопеды?|библиотекар[ьи]|тьюторы?|советники?|завучи?|преподавател[ьи]|мастера|вожаты[ей]|инструкторы?|"
    r"эксперты|операторы?|бухгалтер|бухгалтерия|юрист|юрисконсульт|работники|сотрудники|служащие|родители|"
    r"профсоюз|библиотек[аи]|колледжи?|техникумы?|институты?|вузы|кафедр[аы]|федерация|фонд|предприятия|"
    r"подразделения|члены|участники|соисполнител[ьи]|исполнител[ьи]|дума|собрание|прокуратура|полиция|опека|"
    r"поселения|муниципалитеты|оо|доу|доо|оу|мо|рмо|шмо|цит|имц|цнппм|гоу|моу|мбоу|мбу|мкоу|гбу|"
    r"омвд|кдн|тмпк|пмпк|"
    r"пресс-служба|архив|музеи|музей|редакция|волонт[её]ры|депутаты|старосты|врачи?|медсестра|"
    r"фельдшер|завхоз|кл\.? рук"
)
_ROLE = re.compile(
    rf"(?:ответственн\w+\s+|{_ADJECTIVE}){{0,2}}(?:{_NOUN})(?:-\w+)?\b|{_ADJECTIVE}[а-яё]+(?:ы|и|а|я|ы)\b",
    re.I,
)
_SINGULAR_POST = re.compile(
    r"(?:\w+\s+){0,2}(?:директор|заместитель|зам\b|заведующ(?:ий|ая)|начальник|специалист|"
    r"методист|учитель|педагог|"
    r"руководитель|председатель|глава|секретарь|советник|воспитатель|психолог|координатор)\b"
)
_POST = re.compile(r"отдел|управлени|комитет|служб|специалист|глава|заместител|начальник")
# Legal forms and the like, which cannot end a name.
_FORM = re.compile(
    r"(?:^|\s)(?:М?Г?Ф?[БАК]?(?:ОУ|У|ДОУ|УК|УДО)|ДО|ДПО|СОШ|ООШ|им\.|имени|№|города|района|отдела|"
    r"комитета|управления|МО)$"
)
_BULLET = re.compile(r"^\s*(?:[-–—•·▪●*]\s*|\d{1,2}[.)]\s+)")
_CONSENT = re.compile(r"^\(?\s*по согласованию\s*\)?[.;,]?$", re.I)
_EDGES = " \t,;"


def split_executors(text: str) -> list[str]:
    """The executors named in a cell, in order, each with its «(по согласованию)».

    New lines and semicolons part them; a comma does so only before a new body or person, never inside a
    name («организаций, расположенных …»), brackets or quotes.
    """
    found: list[str] = []
    for line in _lines(text):
        pieces = _by_commas(line)
        for piece in _people(line) if len(pieces) == 1 else pieces:
            name = piece.strip(_EDGES)
            if found and _CONSENT.match(name):
                found[-1] = f"{found[-1]} {name}"
            elif name:
                found.append(name)
    return found


def _people(line: str) -> list[str]:
    """Several people in a row without signs between them, when there is nothing else in the line."""
    names = _NAME.findall(line)
    return names if len(names) > 1 and not _NAME.sub("", line).strip() else [line]


def _lines(text: str) -> list[str]:
    """Lines of the cell; one that goes on with the sentence of the line above is joined with it."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _BULLET.sub("", raw).strip()
        if line and lines and _goes_on(lines[-1], line, raw):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    return lines


def _goes_on(above: str, line: str, raw: str) -> bool:
    """Whether a line of the cell is the rest of the one above; a new line usually names a new executor."""
    if _BULLET.match(raw) or above.endswith(";"):
        return False
    if above.count("(") > above.count(")") or _CONSENT.match(line) or line[0] == "(":
        return True
    if above.endswith(","):
        return not _starts_body(line)
    if line[0] in '«"' or _FORM.search(above):
        return not above.endswith(("»", ")", '"'))
    if line[0].isupper():
        return False
    return is_unfinished(above) or not _starts_body(line) or _ends_with_post(above, line)


def _ends_with_post(above: str, line: str) -> bool:
    """«Отдел образования» on one line, «администрации района» on the next."""
    return line.startswith("администрации ") and _POST.search(above.lower()) is not None


def _starts_body(text: str) -> bool:
    return text[:1].isupper() or text[:1] == "«" or _ROLE.match(text) is not None


def _by_commas(line: str) -> list[str]:
    pieces, start, depth, quoted = [], 0, 0, False
    for at, sign in enumerate(line):
        depth = max(depth + (sign == "(") - (sign == ")"), 0)
        # One closing mark ends all open quotes: «Центр «Орбита» is printed so everywhere.
        quoted = sign == "«" or quoted and sign != "»"
        is_free = depth == 0 and not quoted
        if is_free and (sign == ";" or sign == "," and _parts_here(line[start:at], line[at + 1 :])):
            pieces.append(line[start:at])
            start = at + 1
    return [*pieces, line[start:]]


def _parts_here(before: str, after: str) -> bool:
    """Whether the comma between the texts ends one executor and starts another."""
    after = after.strip()
    if (
        not after
        or after[0].isdigit()
        or after.lower().startswith(("и ", "а также ", "в том числе", "в лице"))
    ):
        return False
    if after[0].isupper() or after[0] == "«":
        return _is_whole(before)
    if _ROLE.match(after) is None:
        return False
    upcoming = re.split(r"[,;]", after)[0]
    return not (_NAME.search(before) and _SINGULAR_POST.match(after) and not _NAME.search(upcoming))


def _is_whole(before: str) -> bool:
    """«Иванов, И.И.» is one name, «Иванов И.И.» before a comma is a whole one."""
    return bool(before.strip()) and not before.strip().endswith(("№", "им.", "г.", "ул."))


def split_known(names: list[str], known: set[str]) -> list[str]:
    """Names in which two executors stand without a sign between them, parted by the executors known from
    other cells (`known` holds folded names)."""
    found: list[str] = []
    for name in names:
        found.extend(_parted(name, known))
    return found


def _parted(name: str, known: set[str]) -> list[str]:
    words = flat(name).split(" ")
    for cut in range(1, len(words)):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        if second[:1].isupper() and key(first) in known and key(second) in known:
            return [first, second]
    return [name]


def key(name: str) -> str:
    """An executor's name for comparison: quotes do not count, for they are often lost."""
    return fold(name).replace('"', "").strip(" .,;")
