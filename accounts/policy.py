"""Who may ask for which route. One declaration per view; a route without one is refused and fails CI.

A policy is the coarse gate at the door: public, anybody signed in, or people who hold one of the named
roles somewhere. Whose objects they may see is decided by queries (`seen_by=`: foreign ones answer 404),
what they may do with them by services (403).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from accounts.models import Role

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class Policy:
    """`roles` is None for everybody signed in; `is_public` needs no sign-in at all."""

    is_public: bool = False
    roles: frozenset[Role] | None = None


def public(view: View) -> View:
    """Anybody, signed in or not."""
    return _declare(view, Policy(is_public=True))


def signed_in(view: View) -> View:
    """Anybody with an account."""
    return _declare(view, Policy())


def allowed(*roles: Role) -> Callable[[View], View]:
    """People who hold at least one of `roles` somewhere."""
    return lambda view: _declare(view, Policy(roles=frozenset(roles)))


def _declare(view: View, policy: Policy) -> View:
    view.policy = policy  # type: ignore[attr-defined]
    return view


def policy_of(view: Callable[..., object] | None) -> Policy | None:
    """The declared policy of a view function, or None when nobody declared one."""
    return getattr(view, "policy", None)
