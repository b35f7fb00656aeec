"""The page of results, what is proposed while typing, things like one thing, and the help."""

from typing import Any

from flask import jsonify, render_template, request, url_for

from accounts.policy import signed_in
from core.web import wants_json
from search_index.asking import ask, complete
from search_index.likeness import things_like
from search_index.plain_answer import as_json
from search_index.queries.saved import recent_searches, saved_searches
from search_index.things import Shown
from search_index.views.blueprint import asked, bp, me
from search_index.views.examples import EXAMPLES
from search_index.views.results_page import ResultsPage


@bp.get("/search")
@signed_in
def results() -> Any:
    """What was found, or the empty page with saved and recent questions."""
    wanted = asked()
    if wanted.is_empty:
        saved, recent = saved_searches(seen_by=me()), recent_searches(seen_by=me())
        return render_template("search/empty.html", saved=saved, recent=recent, examples=EXAMPLES)
    answer = ask(wanted, by=me())
    if wants_json():
        return jsonify(as_json(answer, address=url_for))
    return render_template("search/results.html", page=ResultsPage(wanted, answer, by=me()))


@bp.get("/search/suggest")
@signed_in
def suggest() -> Any:
    """Up to eight things that go on from what is typed: number and title, with their addresses."""
    found = complete(request.args.get("q", ""), by=me())
    return jsonify({"items": [_suggestion(thing) for thing in found]})


def _suggestion(thing: Shown) -> dict[str, str]:
    return {"caption": thing.caption, "title": thing.title, "url": url_for(thing.endpoint, **thing.values)}


@bp.get("/search/like/<sort>/<int:number>")
@signed_in
def like(sort: str, number: int) -> Any:
    """Things that are about the same as one thing."""
    thing, found = things_like(f"{sort}:{number}", by=me())
    return render_template("search/like.html", thing=thing, found=found)


@bp.get("/search/help")
@signed_in
def help_page() -> Any:
    """How to ask."""
    return render_template("search/help.html", examples=EXAMPLES)
