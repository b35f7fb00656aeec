"""The one blueprint of the room."""

from flask import Blueprint

bp = Blueprint("documents", __name__)
