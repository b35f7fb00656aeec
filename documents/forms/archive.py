"""Forms of the archive: uploads, a draft beside what was recognised, access, citations, annexes, editions."""

from datetime import date
from typing import Any, cast

from flask_wtf.file import FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from accounts.forms.acting import ActingForm
from accounts.models import Organisation
from core.forms import DayField
from core.words import _
from documents.forms.evidence import CHOOSE_FILE, TEXTS, RequisitesForm, kind_choices, uploads
from documents.kinds import DocumentKind
from documents.models import RELATIONS, Citation, Confidentiality, Document, Recognition, Relation
from documents.queries import people_named
from documents.services import Cited, Upload

SHOWN_TO = (Confidentiality.INTERNAL, Confidentiality.PUBLIC, Confidentiality.RESTRICTED)


def _accesses() -> list[SelectChoice]:
    return [SelectChoice(access.value, access.label) for access in SHOWN_TO]


class DraftsForm(ActingForm):
    """Scans for the inbox of an organisation's archive: files, or a ZIP of them."""

    files = MultipleFileField(_("Файлы"))
    organisation = SelectField(_("Архив организации"), coerce=int)
    key = HiddenField(validators=[Length(max=80)])

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {organisation.id: organisation for organisation in organisations}
        self.organisation.choices = [SelectChoice(n, found.label) for n, found in self._known.items()]

    def validate_files(self, _field: Any) -> None:
        if not self.uploads:
            raise ValidationError(str(CHOOSE_FILE))

    @property
    def uploads(self) -> list[Upload]:
        return uploads("files")

    @property
    def chosen(self) -> Organisation:
        return self._known[self.organisation.data]


NOBODY = _("не найден, введите логин или фамилию, имя и отчество полностью")
SEVERAL = _("таких несколько, укажите логин")


class NamedReaders:
    """Part of a form: who may read, the people named one by one, a line each."""

    access = RadioField(_("Кому виден"), choices=[], default=Confidentiality.INTERNAL.value)
    readers = TextAreaField(_("Кто может читать"), [Length(max=4000)])

    def validate_readers(self, field: Any) -> None:
        """Every line is the login or full name of one person; what nobody or several go by is sent back."""
        self.reader_ids: list[int] = []
        for line in filter(None, map(str.strip, (field.data or "").splitlines())):
            found = people_named(line)
            if len(found) != 1:
                raise ValidationError(f"{line}: {SEVERAL if found else NOBODY}")
            self.reader_ids.append(found[0].id)

    @property
    def chosen_access(self) -> Confidentiality:
        return Confidentiality(cast(Any, self).access.data)


class FilingForm(NamedReaders, RequisitesForm):
    """A draft as it is to stand in the archive: what was recognised, for a person to correct and accept.

    `citations` are the proposals that hold; `despite` are the twins shown before, which `is_different` says
    it is not.
    """

    access = RadioField(_("Кому виден"), choices=[], default=Confidentiality.INTERNAL.value)
    readers = TextAreaField(_("Кто может читать"), [Length(max=4000)])
    citations = SelectMultipleField(
        _("Ссылки на документы"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput()
    )
    is_different = BooleanField(_("Это другой документ: принять всё равно"))
    despite = HiddenField(validators=[Length(max=2000)])

    def __init__(self, *args: Any, proposals: list[Citation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access.choices = _accesses()
        self.citations.choices = [SelectChoice(c.id, f"{c.relation.label}: {c.caption}") for c in proposals]

    @classmethod
    def beside(
        cls,
        document: Document,
        recognition: Recognition | None,
        *,
        proposals: list[Citation],
        pages: int | None,
    ) -> "FilingForm":
        """The form with what was recognised, and the draft's own requisites where nothing was."""
        values: dict[str, Any] = {name: getattr(document, name) for name in TEXTS}
        values |= {"kind": document.kind_code, "date": document.date, "pages": document.pages or pages}
        read = {name: field["value"] for name, field in (recognition.found if recognition else {}).items()}
        if "date" in read:
            read["date"] = date.fromisoformat(read["date"])
        held = {"citations": [citation.id for citation in proposals], "version": document.version}
        return cls(data=values | read | held, proposals=proposals)

    @property
    def compared_with(self) -> list[int]:
        """The twins that the person has seen and found different."""
        shown = (self.despite.data or "").split(",") if self.is_different.data else []
        return [int(number) for number in shown if number.isdigit()]


class AccessForm(NamedReaders, ActingForm):
    """Who may read a filed document."""

    access = RadioField(_("Кому виден"), choices=[])
    readers = TextAreaField(_("Кто может читать"), [Length(max=4000)])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access.choices = _accesses()

    @classmethod
    def about(cls, document: Document) -> "AccessForm":
        logins = [reader.user.login for reader in document.dossier.readers if reader.user]
        data = {"access": document.dossier.access.value, "readers": "\n".join(logins)}
        return cls(data=data | {"version": document.version})


class CitationForm(ActingForm):
    """An act that the document cites, said by hand."""

    relation = SelectField(_("Связь"))
    kind = SelectField(_("Вид документа"), [InputRequired(_("Выберите вид документа."))])
    number = StringField(_("Номер"), [Length(max=120)])
    date = DayField(_("Дата документа"), [Optional()])
    authority = StringField(_("Кто издал"), [Length(max=500)])
    title = StringField(_("Название"), [Length(max=2000)])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation.choices = [SelectChoice(code.value, words[0]) for code, words in RELATIONS.items()]
        self.kind.choices = kind_choices("")

    @property
    def cited(self) -> Cited:
        return Cited(
            relation=Relation(self.relation.data),
            kind=DocumentKind(self.kind.data),
            number=(self.number.data or "").strip(),
            date=self.date.data,
            authority=(self.authority.data or "").strip(),
            title=(self.title.data or "").strip(),
        )


class DecisionForm(ActingForm):
    """What becomes of a citation: it holds (and which document is meant), or it does not."""

    do = HiddenField()
    target = IntegerField(validators=[Optional()])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class AnnexForm(ActingForm):
    """An annex with a number of its own."""

    file = MultipleFileField(_("Файл приложения"), [FileRequired(CHOOSE_FILE)])
    number = StringField(
        _("Номер приложения"), [InputRequired(_("Укажите номер приложения, например 1.")), Length(max=40)]
    )
    kind = SelectField(_("Вид документа"), [Optional()], default="")
    title = StringField(_("Название"), [InputRequired(_("Назовите документ.")), Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = kind_choices(_("По названию файла"))


class EditionForm(ActingForm):
    """The text of an act as amended."""

    file = MultipleFileField(_("Файл с текстом новой редакции"), [FileRequired(CHOOSE_FILE)])
