"""The Word file of minutes: the template of the house filled with the texts of a sitting.

Runs in the limited subprocess: the texts are anybody's.
"""

from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from orders.paper import clean

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "docx" / "minutes.docx"


def write_minutes(data: dict[str, Any], out: str) -> dict[str, Any]:
    """Write the .docx of minutes to `out`; `data` as council.printed.printed gives it."""
    template = DocxTemplate(str(TEMPLATE))
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template.render(clean(data), environment, autoescape=True)
    template.save(out)
    return {"size": Path(out).stat().st_size}
