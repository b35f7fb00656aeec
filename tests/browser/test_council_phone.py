"""Signed minutes on a wide screen and on a phone."""

import pytest

from tests.browser.checking import NARROW, overflow
from tests.site import Actor

SECRETARY = Actor("council_secretary")


@pytest.mark.parametrize("width", [1440, NARROW])
def test_the_sum_of_signed_minutes_does_not_widen_the_page(site, open_as, width):
    page = open_as(SECRETARY, width=width)

    page.goto(f"/sittings/{site.ids['signed_sitting_id']}")

    assert page.get_by_text("SHA-256").count()
    assert overflow(page) == []
