"""Two people at once: a form that was opened before somebody else's change is refused, and loses nothing."""

from typing import Any

from core.audit import Journalled, history_of
from core.errors import Stale
from core.filters import dmy
from core.words import _
from roadmap.forms import VersionedForm


def refuse_stale(form: VersionedForm, row: Any, theirs: dict[str, Any]) -> None:
    """Refuse with both versions side by side; `theirs` gives what is stored by the names of fields."""
    if form.seen is None or form.seen == row.version:
        return
    sentence = _(
        "Пока вы писали, запись изменили (%(who)s). Ничего не пропало: слева — ваш текст, перенесите его.",
        who=_last_actor(row),
    )
    raise Stale(
        sentence, versions=[(form[n].label.text, _typed(form[n]), _stored(t)) for n, t in theirs.items()]
    )


def _last_actor(row: Journalled) -> str:
    return next((entry.actor_name for entry in history_of(row, limit=1)), "—")


def _typed(field: Any) -> str:
    """What was typed or chosen, in words."""
    choices = getattr(field, "choices", None) or []
    named = [str(choice.label) for choice in choices if str(choice.value) == str(field.data)]
    return named[0] if named else _stored(field.data)


def _stored(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("да") if value else _("нет"))
    return dmy(value) if hasattr(value, "isoformat") else "" if value is None else str(value)
