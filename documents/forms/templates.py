"""The form by which a Word template is uploaded; rooms that have templates show it."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from core.words import _


class TemplateForm(FlaskForm):
    """A .docx with tags."""

    file = FileField(_("Файл шаблона"), [FileRequired(message=_("Выберите файл .docx с тегами."))])
    organisation = SelectField(_("Организация"), coerce=int)
