"""A form that does something and tells, in its own place, why it could not."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm

from core.errors import Invalid, NotSignedIn


class ActingForm(FlaskForm):
    """A form whose service may find fault with what was entered."""

    outcome: Any = None
    status = 200

    def carry_out(self, act: Callable[[], Any]) -> bool:
        """Do it and keep what comes of it in `outcome`; a fault of what was entered becomes the form's."""
        try:
            self.outcome = act()
        except (Invalid, NotSignedIn) as refusal:
            self.form_errors.append(str(refusal))
            self.status = refusal.status
            return False
        return True

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As everywhere; a form that does not hold is answered with 422."""
        holds: bool = super().validate(*args, **kwargs)
        if not holds:
            self.status = Invalid.status
        return holds
