"""The tables of the orders room: registers and numbers, orders, visas, acknowledgements, proposals."""

from orders.models.agreement import Acknowledgement, Decision, Visa
from orders.models.order import AgreementMode, Order, OrderItem, OrderOrigin
from orders.models.proposal import ProposalSheet
from orders.models.register import NumberState, Register, RegisterYear, Registration, YearRule

__all__ = [
    "Acknowledgement",
    "AgreementMode",
    "Decision",
    "NumberState",
    "Order",
    "OrderItem",
    "OrderOrigin",
    "ProposalSheet",
    "Register",
    "RegisterYear",
    "Registration",
    "Visa",
    "YearRule",
]
