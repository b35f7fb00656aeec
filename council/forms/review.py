"""Forms of the review: a remark on a row, an answer to it, marks of a page of rows."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from core.words import _
from council.models.review import ADDRESSEES, Addressee
from council.services.review_remarks import RemarkFacts


class RemarkForm(FlaskForm):
    """What a member says of a row. Emptiness is refused by the service, with the same words everywhere."""

    text = TextAreaField(_("Замечание"), [Length(max=4_000)])
    needs_answer = BooleanField(_("Нужен ответ до утверждения"))
    addressee = SelectField(
        _("Кому"),
        choices=[SelectChoice(code.value, words) for code, words in ADDRESSEES.items()],
        default=Addressee.COORDINATOR.value,
    )

    def facts(self) -> RemarkFacts:
        return RemarkFacts(
            text=self.text.data or "",
            needs_answer=bool(self.needs_answer.data),
            addressee=Addressee(self.addressee.data),
        )


class WordForm(FlaskForm):
    """An answer, or what is wrong with one."""

    text = TextAreaField(_("Ответ"), [Length(max=4_000)])
