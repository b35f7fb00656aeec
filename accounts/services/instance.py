"""Verbs on the instance: its choices, and tasks that were given up."""

from accounts.choices import BY_NAME
from accounts.models import Setting, User
from accounts.queries import setting_row
from accounts.services.authority import By, require_administrator
from core.audit import record
from core.db import transaction
from core.errors import NotFound
from core.outbox import dead_tasks, publish, revive
from core.words import _


def choose_all(values: dict[str, str], *, by: By) -> None:
    """Make several choices at once, or none when one of them does not hold."""
    with transaction():
        for name, value in values.items():
            choose(name, value, by=by)


def choose(name: str, value: str, *, by: By) -> None:
    """Make a choice for the whole instance. Invalid when `value` is no answer, NotFound for no question."""
    if name not in BY_NAME:
        raise NotFound(_("Такой настройки нет."))
    checked = BY_NAME[name].checked(value)
    with transaction() as session:
        require_administrator(by, over=None)
        row = setting_row(name) or Setting(name=name, value="")
        if row.value == checked and row.id:
            return
        row.value = checked
        session.add(row)
        record(row, "setting.chosen", by=by)
        publish("setting.chosen", name=name)


def retry(task_id: int, *, by: By) -> None:
    """Send a task that was given up round again."""
    with transaction():
        require_administrator(by, over=None)
        if task_id not in {task.id for task in dead_tasks()}:
            raise NotFound(_("Такого задания в списке уже нет. Обновите страницу."))
        revive(task_id)
        if isinstance(by, User):
            record(by, "task.retried", by=by, note=str(task_id))
