"""Templates of orders: clerks upload them and put them away."""

from pathlib import Path

from accounts.models import Organisation, Role, User
from core.errors import Invalid, NotYours
from core.words import _
from documents.services.templates import keep_template, put_away_template
from orders.models import OrderTemplate
from orders.template_check import check_limited


def add_template(organisation: Organisation, path: Path, *, name: str, by: User) -> OrderTemplate:
    """Keep an uploaded template, once the check finds nothing in it; Invalid names tags and places."""
    if Role.CLERK not in by.roles_over(organisation.path):
        raise NotYours(_("Бланки приказов загружает делопроизводитель организации."))
    return keep_template(OrderTemplate, organisation, path, name=name, check=check_limited, by=by)


def remove_template(template: OrderTemplate, *, by: User) -> None:
    """Offer the template no more; drafts that are printed in it keep it."""
    if Role.CLERK not in by.roles_over(template.organisation.path):
        raise NotYours(_("Бланки приказов убирает делопроизводитель организации."))
    put_away_template(template, by=by)


def check_owner(template: OrderTemplate | None, organisation: Organisation) -> None:
    """A template serves its organisation and those below it."""
    if template and not organisation.path.startswith(template.organisation.path):
        raise Invalid(_("Этот бланк другой организации. Выберите обычный или бланк своей организации."))
