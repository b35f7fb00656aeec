"""A template filled in one piece: for documents whose rows need no streaming."""

import os
from pathlib import Path
from typing import Any

from jinja2.exceptions import TemplateError
from lxml.etree import XMLSyntaxError

from core.errors import Unreadable
from documents.filling.contract import Contract
from documents.filling.output_check import Expected, check_output
from documents.filling.packing import packed
from documents.filling.sandbox import is_text
from documents.filling.skeleton import Plain, Skeleton
from documents.filling.texts import shaped


def write_filled(template: str, contract: Contract, data: dict[str, Any], out: str) -> None:
    """`data` in the template, at `out`; the file is read back before it is there.

    Raises Unreadable or TooLarge with what to do about it. Runs in the limited subprocess.
    """
    unfinished = f"{out}.unfinished"
    try:
        check_output(unfinished, _written(template, shaped(contract.fields, data), unfinished))
        os.replace(unfinished, out)
    except (TemplateError, XMLSyntaxError) as error:
        raise Unreadable(f"Шаблон не удалось заполнить: {error}. Проверьте его теги.") from None
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _written(template: str, header: dict[str, Any], out: str) -> Expected:
    skeleton = Skeleton(template, Plain(header))
    with packed(out) as archive:
        for name, content in skeleton.filled().items():
            archive.write(name, content)
    values = {name: list(filter(is_text, trace)) for name, trace in skeleton.traces.items()}
    return Expected(skeleton.document, values, [], skeleton.properties)
