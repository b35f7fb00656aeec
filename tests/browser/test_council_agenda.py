"""The agenda in a browser: items are dragged by a handle, with Escape they stay where they were."""

import pytest

from core.db import db
from council.models import Sitting
from tests.browser.checking import overflow, violations
from tests.site import SECRETARY


def titles(site) -> list[str]:
    with site.app.app_context():
        sitting = db.session.get_one(Sitting, site.ids["planned_sitting_id"])
        return [item.title for item in sitting.items]


@pytest.mark.parametrize("width", [1280, 390])
def test_an_item_is_dragged_to_its_place(site, open_as, width):
    page = open_as(SECRETARY, width=width)
    page.goto(f"/sittings/{site.ids['planned_sitting_id']}")
    first, second = titles(site)
    grips = page.locator("[data-grip]")
    grips.nth(1).scroll_into_view_if_needed()
    top = page.locator("[data-item]").first
    before = top.get_attribute("id")
    below, above = grips.nth(1).bounding_box(), top.bounding_box()
    page.mouse.move(below["x"] + 10, below["y"] + 10)

    page.mouse.down()
    page.mouse.move(below["x"] + 10, above["y"] + 5, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert (top.get_attribute("id"), titles(site)) == (before, [first, second])
    page.mouse.move(below["x"] + 10, below["y"] + 10)
    page.mouse.down()
    page.mouse.move(below["x"] + 10, above["y"] + 5, steps=4)
    with page.expect_navigation():
        page.mouse.up()

    assert titles(site) == [second, first]
    assert (violations(page), overflow(page), page.complaints) == ([], [], [])
