"""The grammar of a lifecycle: states, moves between them, guards on the moves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from transitions import Machine

from accounts.models import Role, User
from core.errors import NotFound
from core.words import _


class Subject(Protocol):
    """What moves: a row with a state, a lifecycle and an opinion about who is what to it."""

    kind: str
    lifecycle: "Lifecycle"
    state: Any
    version: Any

    def roles_of(self, person: User) -> frozenset[Role]: ...
    def on_move(self, move: str, *, by: User) -> None: ...


@dataclass(frozen=True)
class Guard:
    """A property of the subject that has to be true, and what the person reads while it is not."""

    name: str
    otherwise: Any


@dataclass(frozen=True)
class Move:
    """One row of the table. `only_if` and `unless` name properties that switch the move off altogether;
    `not_by` names the property holding the id of the one person who may not make it."""

    name: str
    label: Any
    sources: tuple[StrEnum, ...]
    dest: StrEnum
    by: frozenset[Role]
    guards: tuple[Guard, ...] = ()
    needs_note: bool = False
    needs_ground: bool = False
    only_if: str = ""
    unless: str = ""
    not_by: str = ""
    told: Any = ""  # how the history tells it: «Отправили на проверку»


@dataclass
class _Position:
    """What the machine moves in place of the row, whose state is an enum it cannot read (stack.md §3)."""

    subject: Any
    state: str = field(default="")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.subject, name)


class Lifecycle:
    """One table of moves. Buttons, checks, API, diagrams and tests all read it."""

    def __init__(
        self, kind: str, states: type[StrEnum], labels: dict[StrEnum, Any], moves: Iterable[Move]
    ) -> None:
        self.kind, self.states, self.labels = kind, states, labels
        self.moves = {move.name: move for move in moves}
        self._machine = Machine(
            model=None,
            states=[state.value for state in states],
            initial=None,
            auto_transitions=False,
            transitions=[_transition(move) for move in self.moves.values()],
        )

    def move(self, name: str) -> Move:
        """The move called `name`; NotFound when the table has none."""
        if name not in self.moves:
            raise NotFound(_("Такого действия нет: «%(name)s».", name=name))
        return self.moves[name]

    def fire(self, subject: Any, move: Move) -> None:
        """Move a checked subject to its new state; the machine checks the table once more."""
        position = _Position(subject, subject.state.value)
        fired = self._machine.events[move.name].trigger(position)
        assert fired, f"{move.name} was checked and still did not fire"
        subject.state = self.states(position.state)

    @property
    def final_states(self) -> frozenset[StrEnum]:
        """States from which nobody goes on except by taking the matter up again."""
        left = {s for m in self.moves.values() if m.name != "resume" for s in m.sources}
        return frozenset(self.states) - left

    def mermaid(self) -> str:
        """The diagram of the table, for the documentation."""
        lines = ["stateDiagram-v2"]
        for move in self.moves.values():
            lines += [f"    {source} --> {move.dest}: {move.name}" for source in move.sources]
        return "\n".join(lines)


def _transition(move: Move) -> dict[str, Any]:
    return {
        "trigger": move.name,
        "source": [source.value for source in move.sources],
        "dest": move.dest.value,
        "conditions": [guard.name for guard in move.guards],
    }
