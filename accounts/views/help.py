"""What anybody may read: how to work here, and how the pages meet the norms of accessibility."""

from typing import Any

from flask import render_template

from accounts.policy import public
from accounts.views.blueprint import bp
from core.settings import settings


@bp.route("/help")
@public
def help_page() -> Any:
    return render_template("accounts/help.html", upload_mb=settings().upload_mb)


@bp.route("/accessibility")
@public
def accessibility() -> Any:
    return render_template("accounts/accessibility.html")
