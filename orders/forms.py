"""Forms of the room: what is typed about registers, orders, visas, signing and assignments."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import DayField
from core.words import _
from documents.kinds import LABELS, DocumentKind
from orders.models import AgreementMode, Decision, OrderTemplate, YearRule
from orders.models.agreement import DECISION_LABELS
from orders.models.order import MODE_LABELS
from orders.models.register import YEAR_RULES
from orders.services.change import FATES
from orders.services.drafting import KINDS, ItemFacts, OrderFacts
from orders.services.registers import RegisterFacts
from orders.services.signing import Signature

LONG = Length(max=20_000, message=_("Слишком длинно: можно до 20 000 знаков."))
LINE = Length(max=2_000, message=_("Слишком длинно: можно до 2 000 знаков."))
SHORT = Length(max=200, message=_("Слишком длинно: можно до 200 знаков."))


def needed(sentence: Any) -> InputRequired:
    return InputRequired(message=sentence)


def choices_of(labels: dict[Any, Any], only: Any = None) -> list[SelectChoice]:
    """A select's choices from a table of labels."""
    return [SelectChoice(kind.value, label) for kind, label in labels.items() if only is None or kind in only]


class VersionedForm(FlaskForm):
    """A form that knows which version of the row the person saw."""

    version = HiddenField()

    @property
    def seen(self) -> int | None:
        text = str(self.version.data or "")
        return int(text) if text.isdigit() else None


class CheckboxesField(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RegisterForm(VersionedForm):
    """A register and how it numbers."""

    organisation = SelectField(_("Организация"), coerce=int)
    document_kind = SelectField(_("Вид документа"), choices=choices_of(LABELS, KINDS))
    index = StringField(_("Индекс"), [Optional(), Length(max=40)])
    title = StringField(_("Название журнала"), [needed(_("Назовите журнал.")), Length(max=300)])
    template = StringField(
        _("Шаблон номера"), [needed(_("Напишите шаблон, например {n} или {n}-р.")), Length(max=60)]
    )
    year_rule = SelectField(_("Год номера"), choices=choices_of(YEAR_RULES))

    def facts(self) -> RegisterFacts:
        return RegisterFacts(self.title.data or "", self.template.data or "", YearRule(self.year_rule.data))


class ReserveForm(FlaskForm):
    """Numbers kept for later."""

    count = IntegerField(
        _("Сколько номеров"), [needed(_("Введите число от 1 до 50.")), NumberRange(1, 50)], default=1
    )
    reason = StringField(_("Для чего"), [needed(_("Напишите причину: она останется в журнале.")), LINE])


class ReasonForm(FlaskForm):
    """A reason that stays in the register or in the history."""

    reason = StringField(_("Причина"), [needed(_("Напишите причину: она останется в журнале.")), LINE])


class OrderForm(VersionedForm):
    """The draft as a whole; its items are read by the view."""

    organisation = SelectField(_("Организация"), coerce=int)
    document_kind = SelectField(_("Вид документа"), choices=choices_of(LABELS, KINDS))
    title = TextAreaField(_("Заголовок"), [needed(_("Напишите заголовок: «О …» или «Об …».")), LINE])
    preamble = TextAreaField(_("Основание (преамбула)"), [Optional(), LONG])
    control_text = TextAreaField(_("Пункт о контроле"), [Optional(), LINE])
    annexes = TextAreaField(_("Приложения"), [Optional(), LONG])
    place = StringField(_("Место издания"), [Optional(), SHORT])
    signatory_position = StringField(_("Должность подписывающего"), [Optional(), Length(max=300)])
    signatory_name = StringField(_("Кто подписывает"), [Optional(), SHORT])
    template_id = SelectField(_("Бланк"), coerce=lambda value: int(value or 0), default=0)
    file = FileField(_("Готовый файл"))

    def offer(self, templates: Sequence[OrderTemplate]) -> None:
        """Which templates the text may be printed in; with none of one's own there is nothing to choose."""
        if templates:
            usual = SelectChoice(0, _("обычный"))
            self.template_id.choices = [usual, *(SelectChoice(each.id, each.name) for each in templates)]
        else:
            del self.template_id
        self._templates = {each.id: each for each in templates}

    def facts(self, items: tuple[ItemFacts, ...]) -> OrderFacts:
        """What was entered, as services take it."""
        texts = (
            "title",
            "preamble",
            "control_text",
            "annexes",
            "place",
            "signatory_position",
            "signatory_name",
        )
        return OrderFacts(
            document_kind=DocumentKind(self.document_kind.data), items=items,
            template=self._templates.get(self.template_id.data) if "template_id" in self else None,
            **{name: self[name].data or "" for name in texts},
        )  # fmt: skip


class VisasForm(VersionedForm):
    """Who agrees the draft."""

    mode = RadioField(
        _("Как согласуют"), choices=choices_of(MODE_LABELS), default=AgreementMode.PARALLEL.value
    )
    people = CheckboxesField(_("Кто согласует"), coerce=int)
    due = DayField(_("До какого дня"), [Optional()])


class VisaForm(FlaskForm):
    """One person's visa."""

    decision = RadioField(_("Ваша виза"), choices=choices_of(DECISION_LABELS), default=Decision.AGREED.value)
    remark = TextAreaField(_("Замечания"), [Optional(), LONG])


class SignForm(VersionedForm):
    """Who signed and when."""

    signatory_position = StringField(
        _("Должность"), [needed(_("Укажите должность подписавшего.")), Length(max=300)]
    )
    signatory_name = StringField(_("Фамилия и инициалы"), [needed(_("Укажите, кто подписал.")), SHORT])
    signed_on = DayField(_("День подписания"), [needed(_("Введите дату как 30.06.2027"))])

    def signature(self) -> Signature:
        day: Any = self.signed_on.data
        return Signature(self.signatory_position.data or "", self.signatory_name.data or "", day)


class SignatureFileForm(FlaskForm):
    """A detached signature, stored as it is."""

    file = FileField(_("Файл подписи"), [FileRequired(message=_("Выберите файл подписи."))])


class NumberForm(VersionedForm):
    """How the order gets its number."""

    register = SelectField(_("Журнал регистрации"), coerce=int)
    way = RadioField(
        _("Номер"),
        choices=[
            SelectChoice("next", _("следующий по порядку")),
            SelectChoice("reserved", _("зарезервированный")),
            SelectChoice("put_in", _("задним числом, с добавкой: 12/1 или 12а")),
        ],
        default="next",
    )
    reserved = SelectField(_("Зарезервированный номер"), coerce=int)
    suffix = StringField(_("Добавка"), [Optional(), Length(max=20)])
    reason = StringField(_("Почему задним числом"), [Optional(), LINE])


class CaseForm(VersionedForm):
    """The mark «В дело № …»."""

    case_index = StringField(
        _("Индекс дела"), [needed(_("Укажите индекс дела по номенклатуре, например 01-07.")), Length(max=60)]
    )


class ChangeForm(VersionedForm):
    """Another act amends this one or ends it."""

    do = RadioField(
        _("Что делает новый акт"),
        choices=[
            SelectChoice("amend", _("вносит изменения")),
            SelectChoice("repeal", _("отменяет этот акт")),
        ],
        default="amend",
    )
    act = SelectField(_("Новый акт"), coerce=int)
    what = TextAreaField(_("Что меняется"), [Optional(), LONG])
    fate = RadioField(_("Открытые пункты"), [Optional()], choices=choices_of(FATES))


class ReadersForm(FlaskForm):
    """Who is to read the order."""

    people = CheckboxesField(_("Кого ознакомить"), coerce=int)
    others = TextAreaField(_("Кого нет в списке"), [Optional(), LINE])


class ReaderForm(FlaskForm):
    """What became of one line of the sheet."""

    day = DayField(_("День"), [needed(_("Введите дату как 30.06.2027"))])
    note = StringField(_("Примечание"), [Optional(), LINE])


class BodiesForm(FlaskForm):
    """Subordinate organisations that an item goes down to."""

    organisations = CheckboxesField(_("Организации"), coerce=int)


class NoteForm(VersionedForm):
    """A move with a reason."""

    note = TextAreaField(_("Причина"), [LONG])
