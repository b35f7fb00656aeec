"""Ways in which Vekha says no. Views never catch these; core.web renders them once.

Every refusal carries a sentence for a human: what is wrong and what to do about it.
"""

from collections.abc import Sequence


def sentence(text: str) -> str:
    """Marks a sentence of a module that knows no languages; core.web translates it when it is shown."""
    return text


class Refusal(Exception):
    """The request was understood and declined."""

    status = 409

    def __init__(self, reason: object) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class NotYours(Refusal):
    """The person may see the subject but not do this to it."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or none that this person may see: the two look alike."""

    status = 404


class OutOfTurn(Refusal):
    """The subject is in a state from which this move does not start."""


class Blocked(Refusal):
    """A guard of the move is not satisfied yet."""


class Stale(Refusal):
    """Somebody changed the subject since this person read it.

    `versions` puts what was typed and what is stored side by side: (name, mine, theirs).
    """

    def __init__(self, reason: object, versions: Sequence[tuple[object, object, object]] = ()) -> None:
        super().__init__(reason)
        self.versions = versions


class Invalid(Refusal):
    """What was entered cannot be taken as it is."""

    status = 422


class TooLarge(Refusal):
    """More than Vekha takes in one go."""

    status = 413


class NotSignedIn(Refusal):
    """Who asks has not proved who they are."""

    status = 401


class TooOften(Refusal):
    """The same thing was tried too many times; the sentence says how long to wait."""

    status = 429


class Unreadable(Refusal):
    """A file that could not be read within the limits, or is not what it claims to be."""

    status = 422
