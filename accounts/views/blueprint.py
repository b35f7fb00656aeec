"""The room's one blueprint."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
