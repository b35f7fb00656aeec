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

#: What the kinds of journalled rows are called. Rooms above add theirs.
KIND_NAMES: dict[str, Any] = {
    "organisation": _("Организация"),
    "user": _("Человек"),
    "setting": _("Настройка"),
}

#: What the actions of the journal are called. Rooms above add theirs; an unnamed action shows its code.
ACTION_NAMES: dict[str, Any] = {
    "organisation.added": _("организация добавлена"),
    "organisation.renamed": _("организация переименована"),
    "organisation.moved": _("организация переподчинена"),
    "organisation.closed": _("организация закрыта"),
    "organisation.reopened": _("организация открыта снова"),
    "person.added": _("человек добавлен"),
    "person.edited": _("данные изменены"),
    "person.notifications_chosen": _("уведомления изменены"),
    "person.invited": _("приглашение отправлено"),
    "person.blocked": _("учётная запись заблокирована"),
    "person.unblocked": _("учётная запись разблокирована"),
    "grant.given": _("роль дана"),
    "grant.taken": _("роль снята"),
    "session.began": _("вход"),
    "session.ended": _("выход"),
    "session.others_ended": _("остальные сеансы завершены"),
    "session.all_ended": _("все сеансы завершены администратором"),
    "password.set": _("пароль изменён"),
    "password.set_by_invitation": _("пароль задан по приглашению"),
    "password.set_by_reset": _("пароль задан по ссылке"),
    "password.reset_sent": _("ссылка для нового пароля отправлена"),
    "second_factor.turned_on": _("второй шаг входа включён"),
    "second_factor.turned_off": _("второй шаг входа выключен"),
    "second_factor.reset": _("второй шаг входа сброшен администратором"),
    "second_factor.codes_renewed": _("запасные коды обновлены"),
    "setting.chosen": _("настройка изменена"),
    "task.retried": _("задание отправлено на повтор"),
}

#: What letters are about, by the name of their template.
LETTER_NAMES: dict[str, Any] = {"invitation": _("приглашение"), "reset": _("новый пароль")}

#: What the fields of journalled rows are called; an unnamed field shows its code.
FIELD_NAMES: dict[str, Any] = {
    "name": _("название"),
    "short_name": _("краткое название"),
    "level": _("уровень"),
    "parent_id": _("вышестоящая организация"),
    "closed_at": _("закрыта"),
    "login": _("логин"),
    "surname": _("фамилия"),
    "given_name": _("имя"),
    "patronymic": _("отчество"),
    "position": _("должность"),
    "email": _("почта"),
    "phone": _("телефон"),
    "organisation_id": _("организация"),
    "blocked_at": _("заблокирован"),
    "created_at": _("создано"),
    "remind_days": _("напоминать за дней"),
    "gets_digest": _("еженедельная сводка"),
    "role": _("роль"),
    "user_id": _("человек"),
    "value": _("значение"),
}

#: What the values of fields are called: field → code → name.
VALUE_NAMES: dict[str, dict[str, Any]] = {
    "role": {role.value: name for role, name in ROLE_NAMES.items()},
    "level": {level.value: name for level, name in LEVEL_NAMES.items()},
}
