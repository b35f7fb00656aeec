"""Forms of the room: what is typed about plans, measures, answers and imports."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.forms import DayField
from core.words import _
from roadmap.models import Claim, Plan, PlanKind
from roadmap.models.plan import KIND_LABELS
from roadmap.services.answers import Report
from roadmap.services.executors import named
from roadmap.services.measures import MeasureFacts
from roadmap.services.plans import PlanFacts

LONG = Length(max=20_000, message=_("Слишком длинно: можно до 20 000 знаков."))
LINE = Length(max=2_000, message=_("Слишком длинно: можно до 2 000 знаков."))


def needed(sentence: Any) -> InputRequired:
    return InputRequired(message=sentence)


class VersionedForm(FlaskForm):
    """A form that knows which version of the row the person saw."""

    version = HiddenField()

    @property
    def seen(self) -> int | None:
        text = str(self.version.data or "")
        return int(text) if text.isdigit() else None


class PlanForm(VersionedForm):
    """A plan as a whole."""

    title = TextAreaField(_("Название"), [needed(_("Напишите название дорожной карты.")), LINE])
    plan_kind = SelectField(
        _("Вид"), choices=[SelectChoice(k.value, label) for k, label in KIND_LABELS.items()]
    )
    organisation = SelectField(_("Организация"), coerce=int)
    coordinator = SelectField(_("Координатор"), coerce=int)
    year_from = IntegerField(
        _("Первый год"), [needed(_("Введите год, например 2026.")), NumberRange(2000, 2100)]
    )
    year_to = IntegerField(
        _("Последний год"), [needed(_("Введите год, например 2027.")), NumberRange(2000, 2100)]
    )
    is_school_year = BooleanField(_("Сроки считаются по учебному году"))
    ground = StringField(_("Основание"), [Optional(), LINE])
    needs_acceptance = BooleanField(_("Ответы проверяет координатор"), default=True)

    def facts(self, period_text: str = "") -> PlanFacts:
        """What was entered, as services take it, with the printed period, which is not typed here."""
        return PlanFacts(
            title=(self.title.data or "").strip(),
            period_text=period_text,
            plan_kind=PlanKind(self.plan_kind.data) if "plan_kind" in self else PlanKind.ROADMAP,
            coordinator_id=self.coordinator.data or None,
            year_from=self.year_from.data,
            year_to=self.year_to.data,
            is_school_year=self.is_school_year.data,
            ground=(self.ground.data or "").strip(),
            needs_acceptance=self.needs_acceptance.data,
        )


class CarryForm(PlanForm):
    """The plan of the next years; it stays with the organisation."""

    organisation = None


class SectionForm(VersionedForm):
    """A section: its number as printed, its title and, for one that is there, its place."""

    number = StringField(_("Номер"), [Optional(), Length(max=60)])
    title = TextAreaField(_("Название раздела"), [needed(_("Напишите название раздела.")), LINE])
    before = SelectField(_("Поставить перед разделом"), coerce=int, default=-1)
    ground = StringField(_("Основание"), [Optional(), LINE])


class MeasureForm(VersionedForm):
    """A measure as the plan prints it."""

    section = SelectField(_("Раздел"), coerce=int)
    parent = SelectField(_("Входит в мероприятие"), coerce=int, default=0)
    number = StringField(_("Номер"), [Optional(), Length(max=60)])
    title = TextAreaField(
        _("Мероприятие"), [needed(_("Напишите, что нужно сделать: название мероприятия.")), LONG]
    )
    condition = TextAreaField(_("Ожидаемый результат"), [Optional(), LONG])
    due_text = StringField(_("Срок"), [Optional(), LINE])
    preparation_period = StringField(_("Подготовка"), [Optional(), LINE])
    executors = TextAreaField(_("Исполнители"), [Optional(), LONG])
    form_of_execution = StringField(_("Форма исполнения"), [Optional(), LINE])
    ground = StringField(
        _("Основание"), [needed(_("Назовите документ, которым изменена карта: вид, дату и номер.")), LINE]
    )

    def facts(self, plan: Plan, note: str = "") -> MeasureFacts:
        """What was entered, as services take it; executors linked where it is certain who is meant."""
        names = [line.strip() for line in (self.executors.data or "").splitlines()]
        return MeasureFacts(
            number=(self.number.data or "").strip().rstrip("."),
            title=self.title.data or "",
            condition=self.condition.data or "",
            due_text=self.due_text.data or "",
            preparation_period=self.preparation_period.data or "",
            form_of_execution=self.form_of_execution.data or "",
            note=note,
            executors=named(plan, names),
        )


class DueForm(VersionedForm):
    """What a doubtful printed period means."""

    start = DayField(_("Начало"))
    end = DayField(_("Последний день"))
    ground = StringField(_("Почему так"), [Optional(), LINE])


CLAIMS = {
    Claim.EXECUTED.value: _("Исполнено"),
    "in_progress": _("В реализации"),
    Claim.PARTIALLY_EXECUTED.value: _("Исполнено частично"),
    Claim.NOT_EXECUTED.value: _("Не исполнено"),
}


class ReportForm(VersionedForm):
    """What the executor answers."""

    claim = RadioField(
        _("Что с мероприятием?"),
        [Optional()],
        choices=[SelectChoice(v, label) for v, label in CLAIMS.items()],
    )
    text = TextAreaField(_("Что сделано"), [LONG])
    actual_date = DayField(_("Когда исполнено"))
    deviation_reason = TextAreaField(_("Почему не в срок или не полностью"), [LONG])
    evidence_exception = TextAreaField(_("Почему подтверждения нет"), [LONG])
    status_text = HiddenField()
    files = MultipleFileField(_("Подтверждения"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for needed_to_send in (self.claim, self.text, self.actual_date):
            needed_to_send.flags.required = True

    def report(self) -> Report:
        """What was entered, as services take it. «В реализации» claims nothing yet."""
        claimed = self.claim.data if self.claim.data in set(Claim) else None
        return Report(
            text=self.text.data or "",
            claim=Claim(claimed) if claimed else None,
            actual_date=self.actual_date.data,
            deviation_reason=self.deviation_reason.data or "",
            evidence_exception=self.evidence_exception.data or "",
            status_text=self.status_text.data or "",
        )


class NoteForm(VersionedForm):
    """A move with a reason or a ground."""

    note = TextAreaField(_("Причина"), [LONG])
    ground = StringField(_("Документ-основание"), [LINE])
    return_by = DayField(_("Новый срок ответа"))


class WordsForm(FlaskForm):
    """A few words: a comment or a co-executor's answer."""

    text = TextAreaField(_("Текст"), [needed(_("Напишите текст.")), LONG])


class CommentForm(WordsForm):
    text = TextAreaField(_("Комментарий"), [needed(_("Напишите текст комментария.")), LONG])


class CoAnswerForm(WordsForm):
    text = TextAreaField(
        _("Ваш ответ"), [needed(_("Напишите, что сделано, — хотя бы одно предложение")), LONG]
    )


class ExtensionForm(FlaskForm):
    """A request for a later due date."""

    wanted_end = DayField(_("Новый срок"), [needed(_("Введите дату как 30.06.2027"))])
    reason = TextAreaField(
        _("Почему нужен новый срок"), [needed(_("Объясните, почему нужен новый срок.")), LONG]
    )


class DecisionForm(FlaskForm):
    """The decision on an extension."""

    new_end = DayField(_("Продлить до"))
    ground = StringField(
        _("Основание или причина отказа"), [needed(_("Напишите основание или причину.")), LINE]
    )


class OccurrenceForm(FlaskForm):
    """What was done in one turn of a recurring measure."""

    done_on = DayField(_("Когда сделано"), [needed(_("Введите дату как 30.06.2027"))])
    text = TextAreaField(
        _("Что сделано"), [needed(_("Напишите, что сделано, — хотя бы одно предложение")), LONG]
    )


class FileForm(FlaskForm):
    """A file to import, and of which plan it is a newer edition, if of any."""

    file = FileField(_("Файл"), [FileRequired(message=_("Выберите файл с таблицей мероприятий."))])
    organisation = SelectField(_("Организация"), coerce=int)
    edition_of = SelectField(_("Это новая редакция карты"), coerce=int)


class GroundForm(VersionedForm):
    """The act on which something rests."""

    ground = StringField(_("Документ-основание"), [needed(_("Назовите документ: вид, дату и номер.")), LINE])


class ReasonForm(FlaskForm):
    """A reason for what cannot be undone with one click."""

    reason = TextAreaField(_("Причина"), [needed(_("Напишите причину.")), LONG])
