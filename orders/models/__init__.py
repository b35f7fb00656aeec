"""The tables of the orders room: registers and numbers, orders, visas, acknowledgements, proposals."""

from orders.models.agreement import Acknowledgement, Decision, Visa
from orders.models.order import AgreementMode, Order, OrderItem, OrderOrigin
from orders.models.proposal import ProposalSheet
from orders.models.register import NumberState, Register, RegisterYear, Registration, YearRule
from orders.models.signature import OrderSignature, Verdict
from orders.models.template import OrderTemplate

__all__ = [
    "Acknowledgement",
    "AgreementMode",
    "Decision",
    "NumberState",
    "Order",
    "OrderItem",
    "OrderOrigin",
    "OrderSignature",
    "OrderTemplate",
    "ProposalSheet",
    "Register",
    "RegisterYear",
    "Registration",
    "Verdict",
    "Visa",
    "YearRule",
]
