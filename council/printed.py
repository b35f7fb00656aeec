"""What minutes say: plain texts of a sitting for the template. Papers are Russian in any language.

The forms are those of the rules of office work: full minutes tell who spoke, short ones only what was
decided, an extract repeats one item and is certified by the secretary.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from core.clock import local
from core.filters import dmy
from council.models import AgendaItem, Choice, Membership, Outcome, Presence, Seat, Sitting
from council.rules import Base, Share, rules_from


class MinutesForm(StrEnum):
    """Which form of the minutes."""

    FULL = "full"
    SHORT = "short"
    EXTRACT = "extract"


MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
    "ноября", "декабря",
)  # fmt: skip
SEATS = {
    Seat.CHAIR: "председатель", Seat.DEPUTY: "заместитель председателя", Seat.SECRETARY: "секретарь",
    Seat.MEMBER: "член совета", Seat.INVITED: "приглашённый",
}  # fmt: skip
FORMS = {"in_person": "очное заседание", "correspondence": "заочное голосование"}
SHARES = {
    Share.HALF: "не менее половины", Share.MORE_THAN_HALF: "более половины",
    Share.TWO_THIRDS: "не менее двух третей", Share.ALL: "все",
}  # fmt: skip
BASES = {Base.PRESENT: "от числа присутствующих", Base.ESTABLISHED: "от установленного числа"}
CHOICES = {
    Choice.FOR: "за", Choice.FOR_WITH_REMARKS: "за с замечаниями", Choice.AGAINST: "против",
    Choice.ABSTAINED: "воздержался",
}  # fmt: skip
OUTCOMES = {
    Outcome.ADOPTED: "Решение принято", Outcome.REJECTED: "Решение не принято",
    Outcome.WITHDRAWN: "Вопрос снят с рассмотрения",
}  # fmt: skip
WHY = {
    "majority": "", "casting_vote": "при равенстве голосов решил голос председательствующего",
    "tie": "голоса разделились поровну", "no_majority": "", "no_quorum": "кворума нет",
}  # fmt: skip
REPORT_MARKS = {"considered": "рассмотрен", "accepted": "принят", "approved": "утверждён"}
BLANK = "______"


def printed(sitting: Sitting, form: MinutesForm, item: AgendaItem | None = None) -> dict[str, Any]:
    """The texts of the minutes, whole or in short, or of an extract for `item`."""
    items = [item] if item is not None else list(sitting.items)
    return {
        "kind": "ВЫПИСКА ИЗ ПРОТОКОЛА" if form is MinutesForm.EXTRACT else "ПРОТОКОЛ",
        "organisation": sitting.council.organisation.name,
        "council": _heading(sitting),
        "date": f"{sitting.date.day} {MONTHS[sitting.date.month - 1]} {sitting.date.year} г.",
        "number": sitting.number or BLANK,
        "place": sitting.place or sitting.council.place,
        "head": _head(sitting, form),
        "agenda": [f"{each.position}. {each.title}{_by(each)}" for each in items],
        "items": [_item(each, form) for each in items],
        "annexes": [] if form is MinutesForm.EXTRACT else _annexes(sitting),
        "signatures": _signatures(sitting, form),
    }


def _heading(sitting: Sitting) -> str:
    return f"{FORMS[sitting.form.value]}: {sitting.council.name}"


def _head(sitting: Sitting, form: MinutesForm) -> list[str]:
    """Who presides and keeps the minutes, who is here and who is not, whether they are enough."""
    lines = [f"Председательствовал: {_name(sitting.presiding)}", f"Секретарь: {_name(sitting.secretary)}"]
    if form is MinutesForm.EXTRACT:
        return lines
    if not sitting.is_by_correspondence:
        lines += _present(sitting)
    elif sitting.deadline:
        lines.append(f"Голоса принимали до {_moment(sitting.deadline)}.")
    return [*lines, _quorum(sitting)] if not sitting.is_by_correspondence else lines


def _present(sitting: Sitting) -> list[str]:
    marks = {row.membership_id: row for row in sitting.attendance}
    here, absent, guests = [], [], []
    for seat in sitting.members:
        mark = marks.get(seat.id)
        if mark is None or mark.presence is Presence.ABSENT:
            absent.append(_name(seat) + (f" ({mark.reason})" if mark and mark.reason else ""))
        elif seat.seat is Seat.INVITED:
            guests.append(_name(seat))
        else:
            here.append(_name(seat) + (" (по видеосвязи)" if mark.presence is Presence.REMOTE else ""))
    guests += [line.strip() for line in sitting.guests.splitlines() if line.strip()]
    lists = (("Присутствовали", here), ("Отсутствовали", absent), ("Приглашены", guests))
    return [f"{word}: {'; '.join(names)}." for word, names in lists if names]


def _quorum(sitting: Sitting) -> str:
    rules, whole = sitting.rule_set, len(sitting.voters)
    here = len(sitting.voters_present)
    return (
        f"Членов с правом голоса: {whole}, присутствуют {here}. "
        f"Кворум ({SHARES[rules.quorum]}, {rules.quorum.least(whole)}) "
        f"{'есть' if sitting.has_quorum else 'отсутствует'}."
    )


def _item(item: AgendaItem, form: MinutesForm) -> dict[str, Any]:
    is_full = form is not MinutesForm.SHORT
    return {
        "title": f"{item.position}. {item.title}",
        "heard": _lines("СЛУШАЛИ", item.heard or item.speaker) if is_full else [],
        "spoke": _lines("ВЫСТУПИЛИ", item.spoke) if is_full else [],
        "voted": _voted(item),
        "decided": _decided(item),
    }


def _voted(item: AgendaItem) -> list[str]:
    """The figures, who voted how when the vote was open, dissenting opinions."""
    result = item.result
    if result is None:
        return []
    rules = rules_from(result["rules"])
    lines = [
        f"ГОЛОСОВАЛИ{' (тайно)' if item.is_secret else ''}: за — {result['in_favour']}, "
        f"против — {result['against']}, воздержались — {result['abstained']}. Для решения нужно "
        f"{result['needed']} ({SHARES[rules.majority]} {BASES[rules.base]}, {result['base']}).",
    ]
    named = [f"{vote.membership.name} — {CHOICES[vote.choice]}" for vote in item.votes if vote.choice]
    lines += [f"Поимённо: {'; '.join(named)}."] if named else []
    lines += [f"Замечание ({vote.membership.name}): {vote.remark}" for vote in item.votes if vote.remark]
    return lines


def _decided(item: AgendaItem) -> list[str]:
    if item.outcome is None:
        return []
    why = WHY.get(str((item.result or {}).get("why", "")), "")
    lines = [f"РЕШИЛИ: {OUTCOMES[item.outcome]}{f' ({why})' if why else ''}."]
    if item.outcome is not Outcome.ADOPTED:
        return lines
    lines += _report_lines(item)
    for decision in item.decisions:
        tail = (
            f" Ответственный: {'; '.join(decision.responsible.splitlines())}." if decision.responsible else ""
        )
        tail += f" Срок: {decision.due_text.rstrip('.')}." if decision.due_text else ""
        lines.append(f"{decision.number}. {decision.text.rstrip('.')}.{tail}")
    return lines


def _report_lines(item: AgendaItem) -> list[str]:
    """The report that was decided on, with the sum of its file as it lay before the council."""
    version = item.report_version
    if version is None or version.mark is None:
        return []
    return [
        f"Отчёт «{version.report.title}», версия {version.number}, {REPORT_MARKS[version.mark.value]}. "
        f"SHA-256 файла отчёта: {version.stamped_sha256 or version.file_sha256}."
    ]


def _annexes(sitting: Sitting) -> list[str]:
    papers = [row.document.title for item in sitting.items for row in item.materials]
    papers += [vote.dissent.title for item in sitting.items for vote in item.votes if vote.dissent]
    return [f"Приложение {number}. {title}" for number, title in enumerate(dict.fromkeys(papers), 1)]


def _signatures(sitting: Sitting, form: MinutesForm) -> list[dict[str, str]]:
    if form is MinutesForm.EXTRACT:
        return [{"post": "Верно. Секретарь", "name": sitting.secretary.name if sitting.secretary else BLANK}]
    rows = (("Председательствующий", sitting.presiding), ("Секретарь", sitting.secretary))
    return [{"post": post, "name": seat.name if seat else BLANK} for post, seat in rows]


def _name(seat: Membership | None) -> str:
    if seat is None:
        return BLANK
    return ", ".join(part for part in (seat.name, seat.post or SEATS[seat.seat]) if part)


def _by(item: AgendaItem) -> str:
    return f" (докладчик: {item.speaker})" if item.speaker else ""


def _lines(word: str, text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [f"{word}: {lines[0]}", *lines[1:]] if lines else []


def _moment(moment: datetime) -> str:
    there = local(moment)
    return f"{there:%H:%M} {dmy(there.date())}"
