"""Templates of orders that organisations may use."""

from accounts.models import Organisation
from documents.queries.templates import templates_for
from orders.models import OrderTemplate


def own_templates(*bodies: Organisation, kept: OrderTemplate | None = None) -> list[OrderTemplate]:
    """Templates of the organisations and of those above them, and one that is in use though put away."""
    found = [template for body in bodies for template in templates_for(body, OrderTemplate)]
    by_id = {template.id: template for template in [*found, *([kept] if kept else [])]}
    return list(by_id.values())
