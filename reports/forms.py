"""Forms of the room: a new version of a report, an uploaded template."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import DayField
from core.words import _


class CheckboxesField(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AssembleForm(FlaskForm):
    """The day of the data, the title, the template."""

    as_of = DayField(_("Данные на день"), [InputRequired(message=_("Введите дату как 30.06.2027"))])
    title = TextAreaField(
        _("Заголовок"), [InputRequired(message=_("Напишите заголовок отчёта.")), Length(max=2_000)]
    )
    period = StringField(_("Период"), [Length(max=200)])
    shape = SelectField(_("Какой отчёт"), default="annual")
    others = CheckboxesField(_("Вместе с картами"), coerce=int)
    template = SelectField(_("Шаблон"), coerce=int)
    note = StringField(_("Пометка к версии"), [Length(max=500)])


class NoteForm(FlaskForm):
    """A move of a version, with a reason where one is needed."""

    note = TextAreaField(
        _("Причина"), [Length(max=20_000, message=_("Слишком длинно: можно до 20 000 знаков."))]
    )
    version = HiddenField()

    @property
    def seen(self) -> int | None:
        """Which version of the row the person saw."""
        text = str(self.version.data or "")
        return int(text) if text.isdigit() else None
