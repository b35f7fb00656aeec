"""The check of an uploaded report template before it is stored."""

from pathlib import Path

from documents.filling.checking import Problem, as_told, ask_limited, problems_in
from reports.fields import CONTRACT
from reports.render import render_report


def check_limited(path: str | Path) -> list[Problem]:
    """What must be mended in the template at `path`, asked in the limited subprocess."""
    return ask_limited("reports.template_check:template_problems", path)


def template_problems(path: str) -> list[dict[str, str]]:
    """As check_limited, in this process: [{tag, place, sentence}]."""
    return as_told(check_template(path))


def check_template(path: str) -> list[Problem]:
    """As check_limited, in this process."""
    return problems_in(path, CONTRACT, fill=render_report, bare={"title": "", "sections": []})
