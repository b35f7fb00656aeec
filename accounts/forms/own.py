"""Forms a person fills in about oneself: signing in, passwords, the second factor, contacts."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
    TelField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.forms.acting import ActingForm
from accounts.passwords import LONGEST, SHORTEST
from core.words import _


class SignInForm(ActingForm):
    """Login and password."""

    login = StringField(
        _("Логин"),
        [InputRequired(_("Введите логин")), Length(max=120)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Пароль"), [InputRequired(_("Введите пароль"))], render_kw={"autocomplete": "current-password"}
    )
    remember = BooleanField(_("Не выходить на этом компьютере"))
    next = HiddenField()


class CodeForm(ActingForm):
    """One code of the second factor."""

    code = StringField(
        _("Код"),
        [InputRequired(_("Введите код")), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"},
    )
    next = HiddenField()


class ForgottenForm(ActingForm):
    """The login of who forgot the password."""

    login = StringField(
        _("Логин"),
        [InputRequired(_("Введите логин")), Length(max=120)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


def _new_password(label: Any) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(_("Введите пароль")), Length(max=LONGEST)],
        description=_("Не короче %(count)s знаков. Проще всего запомнить несколько слов.", count=SHORTEST),
        render_kw={"autocomplete": "new-password"},
    )


class NewPasswordForm(ActingForm):
    """A new password, typed twice."""

    password = _new_password(_("Новый пароль"))
    again = PasswordField(
        _("Ещё раз"),
        [InputRequired(_("Введите пароль ещё раз"))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_again(self, field: PasswordField) -> None:
        """Two equal passwords are no slip of the hand."""
        if field.data != self.password.data:
            raise ValidationError(str(_("Пароли не совпали. Введите их ещё раз.")))


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the present one to prove who asks."""

    old = PasswordField(
        _("Нынешний пароль"),
        [InputRequired(_("Введите нынешний пароль"))],
        render_kw={"autocomplete": "current-password"},
    )


class ContactsForm(ActingForm):
    """What a person may change about oneself."""

    position = StringField(
        _("Должность"), [Length(max=300)], render_kw={"autocomplete": "organization-title"}
    )
    email = EmailField(_("Почта"), [Length(max=200)], render_kw={"autocomplete": "email"})
    phone = TelField(_("Телефон"), [Length(max=60)], render_kw={"autocomplete": "tel"})


class NotificationsForm(ActingForm):
    """When Vekha reminds."""

    remind_days = SelectMultipleField(
        _("Напоминать о сроке"),
        coerce=int,
        choices=[
            SelectChoice(7, _("за 7 дней")),
            SelectChoice(3, _("за 3 дня")),
            SelectChoice(0, _("в день срока")),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    digest = BooleanField(_("Присылать сводку по понедельникам"))
