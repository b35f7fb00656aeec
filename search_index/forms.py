"""Forms of the room."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from core.words import _


class SynonymForm(FlaskForm):
    """Words that mean one thing, with commas between them."""

    words = StringField(
        _("Слова и выражения через запятую"),
        [DataRequired(_("Назовите слова через запятую.")), Length(max=500)],
        description=_("Например: ЦО, Центр образования"),
    )
