"""Each fault of a page is seen by the reader that the page tests use."""

import pytest

from tests.pages import faults

PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Веха</title></head>
<body><main><h1>Мероприятие</h1>{}</main></body></html>"""

PLANTED = {
    "HTML": "<p>не закрыт <div></span></div>",
    "used 2 times": '<p id="a"></p><p id="a"></p>',
    "has no label": '<input name="title">',
    "says nothing": "<button></button>",
    "has no alt": '<img src="/a.png">',
    "2 headings of the first level": "<h1>Ещё один</h1>",
    "follows one of level 1": "<h3>Через ступень</h3>",
    "points to nothing": '<label for="nobody">Имя</label>',
    "leads nowhere": '<a href="#nowhere">Туда</a>',
    "has no token": '<form method="post" action="/x"></form>',
    "shows its token": '<form action="/x"><input type="hidden" name="csrf_token" value="1"></form>',
}


def test_a_good_page_has_no_faults():
    assert faults(PAGE.format('<label>Имя <input name="name"></label>')) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault):
    assert fault in " ".join(faults(PAGE.format(PLANTED[fault])))


@pytest.mark.parametrize(("cut", "fault"), [(' lang="ru"', "language"), ("<title>Веха</title>", "title")])
def test_a_page_without_its_frame_is_seen(cut, fault):
    assert fault in " ".join(faults(PAGE.format("").replace(cut, "")))
