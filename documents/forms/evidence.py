"""Forms of any document: requisites, uploads, a new version, removal."""

from typing import Any, cast

from flask import request
from flask_wtf.file import FileRequired
from wtforms import (
    HiddenField,
    IntegerField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from accounts.forms.acting import ActingForm
from core.forms import DayField
from core.words import _
from documents.kinds import LABELS, DocumentKind
from documents.models import Document
from documents.services import Requisites, Upload

TEXTS = (
    "number", "title", "authority", "place", "signatory_position", "signatory_name", "case_file_index",
    "annex_number",
)  # fmt: skip
DAYS = ("date", "evidence_date", "in_force_from")
CHOOSE_FILE = _("Выберите файл.")


def kind_choices(first: Any) -> list[SelectChoice]:
    known = [SelectChoice(kind.value, label) for kind, label in LABELS.items()]
    return [SelectChoice("", first), *known] if first else known


def uploads(name: str) -> list[Upload]:
    """The files that came in the field `name`, empty places left out."""
    sent = request.files.getlist(name)
    return [Upload(file.filename or "", cast(Any, file.stream)) for file in sent if file]


class RequisitesForm(ActingForm):
    """What identifies a document; `version` is the one the person saw."""

    kind = SelectField(_("Вид документа"), [InputRequired(_("Выберите вид документа."))])
    number = StringField(_("Номер"), [Length(max=120)])
    date = DayField(_("Дата документа"), [Optional()])
    title = TextAreaField(_("Название"), [InputRequired(_("Назовите документ.")), Length(max=2000)])
    evidence_date = DayField(_("Что и когда подтверждает: день события"), [Optional()])
    authority = StringField(_("Кто издал"), [Length(max=500)])
    place = StringField(_("Где издан"), [Length(max=200)])
    signatory_position = StringField(_("Должность подписавшего"), [Length(max=300)])
    signatory_name = StringField(_("Кто подписал"), [Length(max=200)])
    pages = IntegerField(_("Страниц"), [Optional(), NumberRange(1, 100_000)])
    case_file_index = StringField(_("В дело №"), [Length(max=120)])
    annex_number = StringField(_("Номер приложения"), [Length(max=40)])
    in_force_from = DayField(_("Действует с"), [Optional()])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = kind_choices("")

    @classmethod
    def about(cls, document: Document) -> "RequisitesForm":
        """The form as it stands before anything is typed, or as it was sent."""
        values: dict[str, Any] = {name: getattr(document, name) for name in (*TEXTS, *DAYS, "pages")}
        return cls(data=values | {"kind": document.kind_code, "version": document.version})

    @property
    def requisites(self) -> Requisites:
        values: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        more = {name: self[name].data for name in (*DAYS, "pages")}
        return cast(Requisites, values | more | {"kind": DocumentKind(self.kind.data)})


class AddingForm(ActingForm):
    """Several files, or a link, into a dossier. What is left empty is read from the name of each file.

    `key` names one try, so that a repeated one adds nothing twice; `back` is where to go afterwards.
    """

    files = MultipleFileField(_("Файлы"))
    url = StringField(_("Или адрес страницы"), [Length(max=2000)])
    kind = SelectField(_("Вид документа"), [Optional()], default="")
    number = StringField(_("Номер"), [Length(max=120)])
    date = DayField(_("Дата документа"), [Optional()])
    title = StringField(_("Название"), [Length(max=2000)])
    evidence_date = DayField(_("День события, которое он подтверждает"), [Optional()])
    key = HiddenField(validators=[Length(max=80)])
    back = HiddenField(validators=[Length(max=500)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = kind_choices(_("По названию файла"))

    def validate_files(self, _field: Any) -> None:
        if not self.uploads and not (self.url.data or "").strip():
            raise ValidationError(str(CHOOSE_FILE))

    @property
    def uploads(self) -> list[Upload]:
        return uploads("files")

    @property
    def requisites(self) -> Requisites:
        """Only what was filled in."""
        values: dict[str, Any] = {
            name: self[name].data for name in ("number", "date", "title", "evidence_date") if self[name].data
        }
        return cast(Requisites, values | ({"kind": DocumentKind(self.kind.data)} if self.kind.data else {}))


class VersionForm(ActingForm):
    """A corrected file in place of the one in force."""

    file = MultipleFileField(_("Исправленный файл"), [FileRequired(CHOOSE_FILE)])
    reason = TextAreaField(
        _("Что исправлено"),
        [InputRequired(_("Напишите, что исправлено: это останется в истории.")), Length(max=2000)],
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class RemovalForm(ActingForm):
    """Why a document is taken out of the evidence."""

    reason = TextAreaField(
        _("Причина"), [InputRequired(_("Напишите причину: она останется в истории.")), Length(max=2000)]
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
