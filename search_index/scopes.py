"""From what the readers of a thing follow, as one number: a dossier, a plan or an order.

The index keeps this number and the organisation, both of which never change for a thing; who may see them
is asked of SQL for every search (queries/rights.py).
"""


def dossier_scope(dossier_id: int) -> int:
    return dossier_id * 4


def plan_scope(plan_id: int) -> int:
    return plan_id * 4 + 1


def order_scope(order_id: int) -> int:
    return order_id * 4 + 2
