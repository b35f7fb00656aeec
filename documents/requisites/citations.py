"""Acts that a text cites: a kind word, a body and a title in any order, and a date or a number."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from documents.requisites.kinds import PrintedKind, kinds_in
from documents.requisites.quotes import quoted_after
from documents.requisites.references import Reference, references_in

_LONGEST = 420
_SENTENCE_END = re.compile(
    r"(?<!ред)(?<!изм)(?<!доп)(?<!им)(?<!ст)(?<!обл)(?:(?<=[а-яё»\")\]\d]{2})|"
    r"(?<=\w\w\)))[.!?]\s+(?=[А-ЯЁ«\"\d][^.]|\Z)|\n\s*\n(?!\s*(?:[а-яё]|№|\d{1,2}[. ]\d))|;"
)
_DITTO = re.compile(
    r"(?:[\s,;()\[\]»]|\.\.\.|…|г\.|года|(?<!\w)(?:и|а\s+также|также|от|г|в\s+ред(?:\.|акции)|с|изм\.|"
    r"доп\.|изменени\w+|дополнени\w+|внесенн\w+|"
    r"утвержд\w+|последн\w+|соответственно)(?!\w))*",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"(?:школ\w*|сош|оош|нош|гимнази\w*|лице\w*|сад\w*|д/с|доу|дошкол\w*|интернат\w*|колледж\w*|"
    r"техникум\w*|училищ\w*|"
    r"больниц\w*|поликлиник\w*|инспекци\w*|црр|маоу|мбоу|мкоу|приложени\w*|пункт\w*|п|п/п|стать\w*|ст|"
    r"таблиц\w*|форм\w*|"
    r"разде\w*|глав\w*|част\w*|модул\w*|кабинет\w*|участ\w*|групп\w*|лот\w*|дел\w*|том\w*|строк\w*|"
    r"вопрос\w*|выпуск\w*|"
    r"этап\w*|поз\w*|отделени\w*|учреждени\w*|бланк\w*|мероприяти\w*|показател\w*|вариант\w*|дом|д|кв|"
    r"счет\w*)\.?\s{0,3}[\"«]?\s{0,3}$",
    re.IGNORECASE,
)
_OTHER_BODY = re.compile(
    r"[\s,)\]]*(?:,|(?<!\w)и|а\s+также)\s+(?P<body>[А-ЯЁ][А-Яа-яёЁ -]{3,120}|(?:комитета|департамента|"
    r"управления|отдела|администрации|"
    r"правительства|министерства|главы|совета)\s[А-Яа-яёЁ ,-]{3,120}?)\s*"
)
# «Приказ зарегистрирован в Минюсте … № …», «(ред. от …)»: a date of something else than the act.
_EVENT = re.compile(
    r"(?<!\w)(?:зарегистрир|опубликован|размещ|вступ|издан|получен|поступи|действу|рассмотрен|"
    r"заключ[её]н|лиценз|свидетельств)\w*"
    r"|(?<!\w)ред\.\s*$|(?<!\w)редакци\w+\s*$|(?<!\w)стать[а-я]+\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile('«[^»]*»|"[^"]*"')
_AND = re.compile(r"\s*(?:,|и|,\s*и)\s*")


@dataclass(frozen=True)
class Citation:
    """Where an act is cited: kind word, reference, and spans of the title and of the words between."""

    kind: PrintedKind
    reference: Reference
    title: tuple[int, int] | None
    between: tuple[int, int] | None
    start: int
    end: int
    is_ditto: bool = False


def citations_in(text: str, *, without: tuple[tuple[int, int], ...] = ()) -> list[Citation]:
    """The acts cited, in the order of the text; references inside the spans `without` are nobody's act."""
    scan = _Scan(text)
    return [found for reference in scan.references if not _covered(reference, without)
            for found in scan.cited(reference)]  # fmt: skip


def _covered(reference: Reference, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start < reference.end and reference.start < end for start, end in spans)


class _Scan:
    """One pass over a text: every reference looks back to the one before it, never further."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.references = references_in(text)
        self._kinds = kinds_in(text) if self.references else []
        self._sentences = [end.end() for end in _SENTENCE_END.finditer(text)] if self.references else []
        self._next_kind = 0
        self._done = 0
        self._last: Citation | None = None
        self._outer: dict[int, Citation] = {}

    def cited(self, reference: Reference) -> Iterator[Citation]:
        """The act this reference belongs to, if any; references are asked in their order."""
        window = self._window(reference)
        kind = self._kind(window, reference) or _law_of(reference)
        found = self._act(kind, reference) if kind else self._ditto(reference)
        if found:
            self._remember(found)
            yield found

    def _remember(self, found: Citation) -> None:
        """The act before an opening bracket is the model again when the bracket is closed."""
        if self._last and "(" in self.text[self._last.end : found.start]:
            self._outer[found.start] = self._last
        elif self._last and self._last.start in self._outer:
            self._outer[found.start] = self._outer[self._last.start]
        self._last, self._done = found, found.end

    def _model(self, reference: Reference) -> Citation | None:
        last = self._last
        if last is None or reference.start - last.end > _LONGEST:
            return None
        is_closed = self.text.count(")", last.end, reference.start) > self.text.count(
            "(", last.end, reference.start
        )
        return self._outer.get(last.start, last) if is_closed else last

    def _window(self, reference: Reference) -> list[PrintedKind]:
        """Kind words between the last act and this reference."""
        floor = max(self._done, reference.start - _LONGEST)
        window: list[PrintedKind] = []
        at = self._next_kind
        while at < len(self._kinds) and self._kinds[at].end <= reference.start:
            if self._kinds[at].start >= floor:
                window.append(self._kinds[at])
            else:
                self._next_kind = at + 1
            at += 1
        return window

    def _kind(self, window: list[PrintedKind], reference: Reference) -> PrintedKind | None:
        floor = self._clause(reference)
        near = [kind for kind in window if kind.end > floor and not self._is_inside_title(kind, reference)]
        for kind in reversed(near):
            between = self.text[kind.end : reference.start]
            if not between.strip(" \n,("):
                return kind if _is_reference(reference) else None
            if kind.is_act and self._can_reach(between, reference):
                return kind
        return None

    def _clause(self, reference: Reference) -> int:
        """Where the clause of a reference begins, at most _LONGEST characters before it."""
        floor = max(self._done, reference.start - _LONGEST)
        before = bisect_right(self._sentences, reference.start)
        return max(floor, self._sentences[before - 1]) if before else floor

    def _is_inside_title(self, kind: PrintedKind, reference: Reference) -> bool:
        """Whether the word stands in a quotation that ends before the reference."""
        before = self.text[max(self._done, kind.start - 200) : kind.start]
        after = self.text[kind.end : reference.start]
        opened = max(before.rfind("«"), before.rfind(' "'), before.rfind("“"))
        if opened < 0 or not re.search('[»"”]', after):
            return False
        return not re.search('[»”]|"(?!\\w)', before[opened + 2 :])

    def _can_reach(self, between: str, reference: Reference) -> bool:
        if not _is_reference(reference) or _EVENT.search(_QUOTED.sub(" ", between)):
            return False
        if reference.has_date:
            return reference.has_number or reference.has_from
        return len(between) <= 160 and not _INSTITUTION.search(between)

    def _act(self, kind: PrintedKind, reference: Reference) -> Citation:
        title = quoted_after(self.text, reference.end)
        end = title[1] + 1 if title else reference.end
        between = (kind.end, reference.start)
        return Citation(kind, reference, title, between, kind.start, end)

    def _ditto(self, reference: Reference) -> Citation | None:
        """«постановлениями … от … № …, от … № …»: the second act has the kind and the body of the first."""
        last, model = self._last, self._model(reference)
        if last is None or model is None or not _is_reference(reference):
            return None
        if not _DITTO.fullmatch(self.text, last.end, reference.start):
            return self._of_other_body(last, reference)
        if reference.has_from or reference.is_pair:
            return self._like(model, reference)
        return self._same_day(last, reference)

    def _like(self, model: Citation, reference: Reference) -> Citation:
        title = quoted_after(self.text, reference.end)
        end = title[1] + 1 if title else reference.end
        return Citation(model.kind, reference, title, model.between, reference.start, end, is_ditto=True)

    def _of_other_body(self, last: Citation, reference: Reference) -> Citation | None:
        """«письма Министерства … от … № … и Рособрнадзора от … № …»: one noun for acts of two bodies."""
        found = _OTHER_BODY.fullmatch(self.text, last.end, reference.start)
        if not found or not (reference.is_pair and reference.has_from):
            return None
        return replace(self._like(last, reference), between=found.span("body"), is_ditto=False)

    def _same_day(self, last: Citation, reference: Reference) -> Citation | None:
        """«от 31.05.2021 № 286 и № 287»: one date for two numbers."""
        between = self.text[last.end : reference.start]
        if reference.has_date or last.reference.date is None or not _AND.fullmatch(between):
            return None
        return self._like(last, replace(reference, date=last.reference.date))


def _law_of(reference: Reference) -> PrintedKind | None:
    """«273-ФЗ от 29.12.2012»: the number alone says what it is."""
    ending = re.search(r"-(?:ФЗ|ФКЗ)$", reference.number or "")
    if ending is None or reference.date is None:
        return None
    noun = "федеральный закон" if ending.group() == "-ФЗ" else "федеральный конституционный закон"
    return PrintedKind(noun, reference.start, reference.start)


def _is_reference(reference: Reference) -> bool:
    return reference.date is not None or reference.number is not None
