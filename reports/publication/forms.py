"""Forms of publishing: what is hidden and kept by hand, and taking a publication back."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.validators import InputRequired, Length

from core.words import _
from reports.publication.services import ByHand


class _Ticks(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class PublicationForm(FlaskForm):
    """What a person decides beside the rule."""

    words = TextAreaField(_("Скрыть ещё"), [Length(max=20_000)])
    kept = TextAreaField(_("Не скрывать"), [Length(max=20_000)])
    rows = StringField(_("Скрыть тексты строк"), [Length(max=4_000)])
    documents = _Ticks(_("Опубликовать документы"), coerce=int)

    @property
    def by_hand(self) -> ByHand:
        return ByHand(
            _lines(self.words.data), _lines(self.kept.data),
            tuple(part.strip() for part in (self.rows.data or "").split(",") if part.strip()),
            tuple(self.documents.data or ()),
        )  # fmt: skip


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


class WithdrawForm(FlaskForm):
    """Why a publication is taken back."""

    reason = TextAreaField(
        _("Почему снимаете"),
        [InputRequired(message=_("Напишите, почему публикация снимается.")), Length(max=2_000)],
    )
