"""Word templates that organisations upload: checked, kept, put away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from accounts.models import Organisation, User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid
from documents.filling.checking import Problem
from documents.services.keeping import keep_file

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
T = TypeVar("T")


def keep_template(
    table: type[T],
    organisation: Organisation,
    path: Path,
    *,
    name: str,
    check: Callable[[Path], list[Problem]],
    by: User,
) -> T:
    """Keep an uploaded template, once the check finds nothing in it; Invalid names tags and places."""
    if problems := check(path):
        raise Invalid("\n".join(str(problem.sentence) for problem in problems))
    with path.open("rb") as stream:
        kept = keep_file(stream, name=name, media_type=DOCX)
    with transaction() as session:
        made: Any = table(organisation=organisation, name=kept.name, sha256=kept.blob.sha256, added_by=by)  # type: ignore[call-arg]
        session.add(made)
        session.flush()  # the journal names the template by its number
        record(made, f"{made.kind}.add", by=by)
    return made  # type: ignore[no-any-return]


def put_away_template(template: Any, *, by: User) -> None:
    """Offer the template no more; what was made with it keeps its bytes."""
    with transaction():
        template.removed_at = now()
        record(template, f"{template.kind}.remove", by=by)
