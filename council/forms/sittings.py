"""Forms about sittings: when and where, the agenda, votes, what was said and decided."""

import re
from datetime import datetime, time
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from core.clock import ZONE
from core.forms import DayField
from core.words import _, gettext
from council.models import Choice, SittingForm
from council.models.sitting import FORM_LABELS
from council.models.voting import CHOICE_LABELS
from council.services.sittings import SittingFacts
from council.services.voting import LONGEST_REMARK
from orders.forms import LINE, LONG, VersionedForm, choices_of, needed

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
BALLOTS = (Choice.FOR, Choice.AGAINST, Choice.ABSTAINED)


def hour(_form: Any, field: Any) -> None:
    """An hour as people type it: 9:30, 09.30."""
    if not field.data:
        return
    found = _HOUR.fullmatch(field.data.strip())
    if found is None:
        raise ValidationError(gettext("Введите время как 10:00"))
    field.data = f"{int(found[1]):02}:{found[2]}"


class SittingPageForm(VersionedForm):
    """When, where and how the members come together."""

    date = DayField(_("День"), [needed(_("Введите дату как 30.06.2027"))])
    starts_at = StringField(_("Начало"), [Optional(), hour])
    place = StringField(_("Место"), [Optional(), Length(max=300)])
    form = RadioField(_("Форма"), choices=choices_of(FORM_LABELS), default=SittingForm.IN_PERSON.value)
    deadline_day = DayField(_("Голоса принимают по день"), [Optional()])
    deadline_hour = StringField(_("до часа"), [Optional(), hour])
    presiding = SelectField(_("Председательствует"), coerce=int)
    secretary = SelectField(_("Секретарь"), coerce=int)
    guests = TextAreaField(_("Приглашены"), [Optional(), LINE])

    def facts(self) -> SittingFacts:
        """What was entered, as services take it."""
        day: Any = self.date.data
        return SittingFacts(
            date=day, starts_at=self.starts_at.data or "", place=self.place.data or "",
            form=SittingForm(self.form.data), deadline=self._deadline(), guests=self.guests.data or "",
            presiding_id=self.presiding.data or None, secretary_id=self.secretary.data or None,
        )  # fmt: skip

    def _deadline(self) -> datetime | None:
        day = self.deadline_day.data
        if day is None:
            return None
        return datetime.combine(day, time.fromisoformat(self.deadline_hour.data or "18:00"), ZONE)


class ItemForm(FlaskForm):
    """One item of the agenda."""

    report = SelectField(_("Отчёт"), coerce=int)
    title = TextAreaField(
        _("Вопрос"), [needed(_("Напишите вопрос так, как он войдёт в протокол: «О …» или «Об …».")), LINE]
    )
    speaker = StringField(_("Докладчик"), [Optional(), Length(max=500)])
    proposal = TextAreaField(_("Проект решения"), [Optional(), LONG])


class UploadForm(FlaskForm):
    """One file."""

    file = FileField(_("Файл"), [FileRequired(message=_("Выберите файл."))])


class VoteForm(FlaskForm):
    """One's own vote on an item."""

    choice = RadioField(
        _("Ваш голос"), [needed(_("Выберите, как вы голосуете."))], choices=choices_of(CHOICE_LABELS)
    )
    remark = TextAreaField(_("Замечание"), [Optional(), Length(max=LONGEST_REMARK)])


class BallotsForm(FlaskForm):
    """The paper ballots of a secret vote, counted."""

    in_favour = IntegerField(_("За"), [Optional(), NumberRange(0, 1000)], default=0)
    against = IntegerField(_("Против"), [Optional(), NumberRange(0, 1000)], default=0)
    abstained = IntegerField(_("Воздержались"), [Optional(), NumberRange(0, 1000)], default=0)

    def counts(self) -> dict[Choice, int]:
        figures = (self.in_favour.data, self.against.data, self.abstained.data)
        return {choice: figure or 0 for choice, figure in zip(BALLOTS, figures, strict=True)}


class NotesForm(VersionedForm):
    """What was heard and said on an item; its decisions are read by the view."""

    heard = TextAreaField(_("Слушали"), [Optional(), LONG])
    spoke = TextAreaField(_("Выступили"), [Optional(), LONG])


class ReasonForm(VersionedForm):
    """A reason that goes into the minutes or the history."""

    note = TextAreaField(_("Причина"), [Optional(), LONG])
