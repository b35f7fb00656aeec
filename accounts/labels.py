"""What codes of this room are called on the page."""

from typing import Any

from accounts.models import Level, Role
from core.words import _

ROLE_NAMES: dict[Role, Any] = {
    Role.EXECUTOR: _("Исполнитель"),
    Role.COORDINATOR: _("Координатор"),
    Role.CLERK: _("Делопроизводитель"),
    Role.COUNCIL_MEMBER: _("Член совета"),
    Role.COUNCIL_SECRETARY: _("Секретарь совета"),
    Role.READER: _("Читатель"),
    Role.ADMINISTRATOR: _("Администратор"),
    Role.AUDITOR: _("Аудитор"),
}

LEVEL_NAMES: dict[Level, Any] = {
    Level.REGION: _("Регион"),
    Level.MUNICIPALITY: _("Муниципалитет"),
    Level.INSTITUTION: _("Учреждение"),
}

#: What letters are about, by the name of their template.
LETTER_NAMES: dict[str, Any] = {"invitation": _("приглашение"), "reset": _("новый пароль")}
