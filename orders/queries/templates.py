"""Templates of orders that organisations may use."""

from accounts.models import Organisation
from documents.queries.templates import templates_of
from orders.models import OrderTemplate


def own_templates(*bodies: Organisation, kept: OrderTemplate | None = None) -> list[OrderTemplate]:
    """Templates of the organisations and of those above them, and one that is in use though put away."""
    in_use = {kept.id: kept} if kept else {}
    return list((templates_of(bodies, OrderTemplate) | in_use).values())
