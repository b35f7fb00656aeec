"""From what the readers of a thing follow, as one number: a dossier, a plan, an order and so on.

The index keeps this number and the organisation, both of which never change for a thing; who may see them
is asked of SQL for every search (queries/rights.py).
"""

_ROOM = 8


def dossier_scope(dossier_id: int) -> int:
    return dossier_id * _ROOM


def plan_scope(plan_id: int) -> int:
    return plan_id * _ROOM + 1


def order_scope(order_id: int) -> int:
    return order_id * _ROOM + 2


def council_scope(council_id: int) -> int:
    return council_id * _ROOM + 3


def report_scope(report_id: int) -> int:
    return report_id * _ROOM + 4


def remark_scope(remark_id: int) -> int:
    return remark_id * _ROOM + 5
