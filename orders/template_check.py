"""The check of an uploaded order template before it is stored."""

from pathlib import Path

from documents.filling.checking import Problem, as_told, ask_limited, problems_in
from orders.fields import CONTRACT
from orders.paper import fill_order


def check_limited(path: str | Path) -> list[Problem]:
    """What must be mended in the template at `path`, asked in the limited subprocess."""
    return ask_limited("orders.template_check:template_problems", path)


def template_problems(path: str) -> list[dict[str, str]]:
    """As check_limited, in this process: [{tag, place, sentence}]."""
    return as_told(problems_in(path, CONTRACT, fill=fill_order, bare={"title": ""}))
