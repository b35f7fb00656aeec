"""Builds the application: the only module that knows every room."""

from typing import Any

from flask import Flask, g
from jinja2 import StrictUndefined

import accounts.access
import accounts.cli
import accounts.tasks
import accounts.views
import core.cli
import core.web
import council.review_tasks
import council.tasks
import council.views
import documents.cli
import documents.tasks
import documents.views
import orders.cli
import orders.tasks
import orders.views
import reports.bundles.tasks
import reports.bundles.views
import reports.cli
import reports.findings.views
import reports.publication.views
import reports.views
import roadmap.cli
import roadmap.tasks
import roadmap.views
import search_index.cli
import search_index.tasks
import search_index.views
import workflow.cli
from config import Settings
from core.doctor import EXAMINATIONS
from demo import demo
from serving import serve_command


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """A ready application. Settings come from the environment unless given; `overrides` are for tests."""
    settings = settings or Settings.from_environment()
    settings.check()
    app = Flask(__name__)
    app.config.from_mapping(settings.to_flask() | overrides)
    app.jinja_env.undefined = StrictUndefined
    core.web.init_app(app)
    core.cli.init_app(app)
    accounts.access.init_app(app)
    accounts.cli.init_app(app)
    accounts.tasks.subscribe()
    app.register_blueprint(accounts.views.bp)
    documents.cli.init_app(app)
    documents.tasks.subscribe()
    roadmap.tasks.subscribe()
    search_index.tasks.subscribe()
    orders.tasks.subscribe()
    council.review_tasks.subscribe()
    reports.bundles.tasks.subscribe()
    rooms = [documents.views, roadmap.views, orders.views, reports.views, council.views, search_index.views]
    rooms += [reports.findings.views, reports.bundles.views]
    rooms += [reports.publication.views.public, reports.publication.views.managing]
    council.tasks.subscribe()
    for room in rooms:
        app.register_blueprint(room.bp)
    EXAMINATIONS["search"] = search_index.cli.EXAMINATION
    own = (workflow.cli.workflow, roadmap.cli.roadmap, orders.cli.orders, reports.cli.reports)
    for commands in (*own, search_index.cli.search, demo, serve_command):
        app.cli.add_command(commands)
    app.context_processor(navigation)
    return app


def navigation() -> dict[str, Any]:
    """The main navigation: what each room has for the person who asks."""
    if not g.get("person"):
        return {"nav_items": []}
    rooms = (roadmap.views, orders.views, documents.views, reports.views, council.views, accounts.views)
    return {"nav_items": [item for room in rooms for item in room.nav_items()]}
