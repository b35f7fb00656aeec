"""The form of an answer to a contradiction."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.words import _
from reports.models import OUTCOMES, Outcome


class AnswerFindingForm(FlaskForm):
    """What is said of it, and why."""

    outcome = RadioField(_("Что с этим противоречием"), [InputRequired(message=_("Выберите ответ."))])
    text = TextAreaField(
        _("Почему"), [InputRequired(message=_("Напишите, почему: это увидит Совет.")), Length(max=4_000)]
    )

    def offer(self, outcomes: list[Outcome]) -> None:
        """Let the person choose among what they may say."""
        self.outcome.choices = [(outcome.value, OUTCOMES[outcome]) for outcome in outcomes]
