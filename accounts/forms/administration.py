"""Forms of the administration pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import EmailField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from accounts.choices import CHOICES
from accounts.forms.acting import ActingForm
from accounts.labels import LEVEL_NAMES, ROLE_NAMES
from accounts.models import Level, Organisation, Role
from accounts.queries import organisations_reached_by
from core.words import _


def tree_choices(found: Iterable[Organisation]) -> list[SelectChoice]:
    """Organisations for a list to choose from, those below moved to the right."""
    rows = list(found)
    top = min((row.path.count("/") for row in rows), default=0)
    return [SelectChoice(row.id, "\u2003" * (row.path.count("/") - top) + row.label) for row in rows]


def coded(names: Mapping[Any, Any]) -> list[SelectChoice]:
    """Named codes for a list to choose from."""
    return [SelectChoice(code.value, name) for code, name in names.items()]


def one_of(field: SelectField, found: Iterable[Organisation]) -> Organisation | None:
    """The organisation that was chosen; none for «—»."""
    return next((row for row in found if row.id == field.data), None)


class PlacedForm(ActingForm):
    """A form with a list of organisations the administrator reaches; `reached` holds them."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached = organisations_reached_by(by, Role.ADMINISTRATOR)
        self.organisation.choices = tree_choices(self.reached)

    @property
    def chosen(self) -> Organisation | None:
        """The organisation that was chosen."""
        return one_of(self.organisation, self.reached)


class OrganisationForm(ActingForm):
    """What an organisation is called."""

    name = StringField(
        _("Полное название"), [InputRequired(_("Введите название организации.")), Length(max=500)]
    )
    short_name = StringField(_("Краткое название"), [Length(max=120)])


class NewOrganisationForm(PlacedForm, OrganisationForm):
    """A new organisation under another one."""

    level = SelectField(
        _("Уровень"), [InputRequired()], choices=[SelectChoice(k.value, v) for k, v in LEVEL_NAMES.items()]
    )
    organisation = SelectField(_("Вышестоящая организация"), [InputRequired()], coerce=int)

    @property
    def chosen_level(self) -> Level:
        return Level(self.level.data)


class MoveForm(PlacedForm):
    """Where an organisation goes."""

    organisation = SelectField(_("Подчинить организации"), [InputRequired()], coerce=int)
    ground = StringField(_("Основание"), [Length(max=500)])


class PersonForm(PlacedForm):
    """What is known of a person."""

    surname = StringField(_("Фамилия"), [InputRequired(_("Введите фамилию.")), Length(max=120)])
    given_name = StringField(_("Имя"), [Length(max=120)])
    patronymic = StringField(_("Отчество"), [Length(max=120)])
    position = StringField(_("Должность"), [Length(max=300)])
    organisation = SelectField(_("Организация"), [InputRequired()], coerce=int)
    email = EmailField(_("Почта"), [Length(max=200)])
    phone = TelField(_("Телефон"), [Length(max=60)])

    @property
    def facts(self) -> dict[str, str]:
        """The entered facts, as the services name them."""
        names = ("surname", "given_name", "patronymic", "position", "email", "phone")
        return {name: self[name].data or "" for name in names}


class NewPersonForm(PersonForm):
    """A person and the login that will not change."""

    login = StringField(
        _("Логин"),
        [InputRequired(_("Введите логин")), Length(max=120)],
        description=_("Латинские буквы, цифры, точка или адрес почты. Потом не меняется."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class GrantForm(PlacedForm):
    """A role on an organisation."""

    role = SelectField(
        _("Роль"), [InputRequired()], choices=[SelectChoice(k.value, v) for k, v in ROLE_NAMES.items()]
    )
    organisation = SelectField(_("В организации"), [InputRequired()], coerce=int, id="grant-organisation")
    ground = StringField(_("Основание"), [Length(max=500)])

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)


class ReasonForm(ActingForm):
    """Why something final is done."""

    reason = StringField(_("Причина"), [Length(max=500)])


class ChoicesForm(ActingForm):
    """The choices of the instance; one field each, see accounts/choices.py."""


for _choice in CHOICES:
    if _choice.answers:
        _field: Any = SelectField(
            _choice.question,
            [InputRequired()],
            description=_choice.norm,
            choices=[SelectChoice(code, text) for code, text in _choice.answers],
        )
    elif _choice.name == "workday_overrides":
        _field = TextAreaField(_choice.question, description=_choice.norm)
    else:
        _needed = [] if _choice.may_be_empty else [InputRequired(_("Ответьте на этот вопрос"))]
        _field = StringField(_choice.question, _needed, description=_choice.norm)
    setattr(ChoicesForm, _choice.name, _field)
