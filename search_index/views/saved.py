"""Saved searches and recent questions."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, render_template, request

from accounts.policy import signed_in
from core.web import back_to
from core.words import gettext
from search_index.queries.saved import saved_search_of, saved_searches
from search_index.reading_addresses import address_of, ask_of
from search_index.services.saved import choose_news, forget_search, remember, save_search
from search_index.views.blueprint import bp, me


@bp.route("/search/saved", methods=["GET", "POST"])
@signed_in
def saved() -> Any:
    """The person's saved searches; a post keeps the one named in the form."""
    if request.method != "POST":
        return render_template("search/saved.html", saved=saved_searches(seen_by=me()))
    address = request.form.get("address", "") or urlencode({"q": request.form.get("text", "").strip()})
    wanted = ask_of(address)
    kept = save_search(request.form.get("name", "") or wanted.text, address_of(wanted), by=me())
    flash(gettext("Запрос «%(name)s» сохранён. О новых находках придёт письмо.", name=kept.name))
    return back_to("search_index.saved")


@bp.post("/search/saved/<int:saved_id>/news")
@signed_in
def saved_news(saved_id: int) -> Any:
    """Switch letters about news on or off."""
    found = saved_search_of(saved_id, seen_by=me())
    choose_news(found, wanted=request.form.get("wanted") == "1")
    return back_to("search_index.saved")


@bp.post("/search/saved/<int:saved_id>/forget")
@signed_in
def saved_forget(saved_id: int) -> Any:
    """Delete a saved search."""
    forget_search(saved_search_of(saved_id, seen_by=me()))
    flash(gettext("Запрос удалён."))
    return back_to("search_index.saved")


@bp.post("/search/recent")
@signed_in
def recent() -> Any:
    """Remember a question for its author; the page of results sends it by itself."""
    remember(request.form.get("text", ""), by=me())
    return "", 204
