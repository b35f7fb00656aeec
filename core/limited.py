"""Runs one function in a process of its own with limits on memory, processor and wall time.

Hostile files and hostile templates are opened only here. Arguments and results travel as JSON, so a
process taken over by its input can answer nonsense but cannot run code in ours. The child sees no
secrets: it is forked by `core.nursery`, whose environment holds only what Python needs.

Limits follow design/reliability.md E5: 1 GiB, 15 s of processor, 20 s of wall time.
"""

import atexit
import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import Refusal, TooLarge, Unreadable, sentence
from core.nursery import BLOCK, CODE, serve

ROOT = Path(__file__).resolve().parent.parent
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "SYSTEMROOT", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Limits:
    """Ceilings of one run: megabytes of address space, seconds of processor, seconds of wall time."""

    memory_mb: int = 1024
    cpu_seconds: int = 15
    wall_seconds: float = 20
    answer_mb: int = 256


def run_limited(entry: str, limits: Limits = Limits(), /, **arguments: Any) -> Any:
    """What the function named by `entry` ("room.module:function") returns for `arguments`.

    Arguments and result are plain JSON data. A Refusal raised inside comes out as itself;
    anything else that goes wrong in there (a crash, a limit, garbage) comes out as Unreadable.
    """
    question = json.dumps({"entry": entry, "arguments": arguments, "limits": vars(limits)})
    answer = _ask_child(entry, question, limits)
    if "refused" in answer:
        raise _REFUSALS.get(answer["kind"], Unreadable)(answer["refused"])
    return answer["result"]


_REFUSALS: dict[str, type[Refusal]] = {kind.__name__: kind for kind in (Unreadable, TooLarge)}
_TOO_LONG = sentence(
    "Файл обрабатывается слишком долго. Разделите его на части или сохраните в другом формате."
)
_BROKEN = sentence(
    "Файл не удалось прочитать: он повреждён или слишком сложен. Сохраните его заново и повторите."
)


class _Asker:
    """The way to a nursery of this process's own, started with the first question."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, module: str, question: bytes, limits: Limits) -> tuple[bytes, int]:
        """The child's answer and exit code. Raises TimeoutError when it takes too long."""
        mine, theirs = socket.socketpair()
        with mine:
            with theirs:
                self._hand_over(module.encode(), theirs)
            return _converse(mine, question, limits)

    def _hand_over(self, module: bytes, channel: socket.socket) -> None:
        """Once more when the nursery has died meanwhile."""
        try:
            socket.send_fds(self._way(), [module], [channel.fileno()])
        except OSError:
            self.leave()
            socket.send_fds(self._way(), [module], [channel.fileno()])

    def _way(self) -> socket.socket:
        with self._starting:
            if self._control is None:
                self._control, self._process = _started()
            return self._control

    def leave(self) -> None:
        """Close the nursery; the next question starts another."""
        with self._starting:
            if self._control and self._process:
                with self._control, contextlib.suppress(OSError):
                    self._control.shutdown(socket.SHUT_RDWR)
                self._process.wait()
            self._control = self._process = None

    def forget(self) -> None:
        """In a process that was forked: the nursery is its parent's."""
        if self._process:
            self._process.returncode = 0  # not ours to wait for
        self.__init__()  # type: ignore[misc]


_ASKER = _Asker()
atexit.register(_ASKER.leave)
os.register_at_fork(after_in_child=_ASKER.forget)


def _started() -> "tuple[socket.socket, subprocess.Popen[bytes]]":
    mine, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "core.limited", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            cwd=ROOT,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            start_new_session=True,
        )
    return mine, process


def _converse(channel: socket.socket, question: bytes, limits: Limits) -> tuple[bytes, int]:
    """Closing the channel afterwards ends the child, whatever it is doing."""
    until = time.monotonic() + limits.wall_seconds
    channel.settimeout(limits.wall_seconds)
    channel.sendall(question)
    channel.shutdown(socket.SHUT_WR)
    answer = bytearray()
    while len(answer) <= limits.answer_mb << 20:
        channel.settimeout(max(until - time.monotonic(), 0.001))
        piece = channel.recv(BLOCK)
        if not piece:
            break
        answer += piece
    if len(answer) < CODE.size:
        return b"", -signal.SIGKILL
    return bytes(answer[: -CODE.size]), CODE.unpack(answer[-CODE.size :])[0]


def _ask_child(entry: str, question: str, limits: Limits) -> dict[str, Any]:
    try:
        raw, code = _ASKER.ask(entry.split(":")[0], question.encode(), limits)
    except TimeoutError:
        raise Unreadable(_TOO_LONG) from None
    except ConnectionError:  # the keeper was killed
        raise Unreadable(_BROKEN) from None
    return _understood(raw, code, limits)


def _understood(raw: bytes, code: int, limits: Limits) -> dict[str, Any]:
    if code == -signal.SIGXCPU:
        raise Unreadable(_TOO_LONG)
    if code != 0 or len(raw) > limits.answer_mb << 20:
        raise Unreadable(_BROKEN)
    try:
        answer = json.loads(raw)
    except ValueError:
        raise Unreadable(_BROKEN) from None
    if not isinstance(answer, dict) or not answer.keys() & {"result", "refused"}:
        raise Unreadable(_BROKEN)
    return answer


def _set_limits(limits: Limits) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb << 20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    module, name = question["entry"].split(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(**question["arguments"])}
    except Refusal as refusal:
        return {"refused": str(refusal.reason), "kind": type(refusal).__name__}


def _work(raw: bytes) -> bytes:
    """In the child: limit oneself, then answer."""
    question = json.loads(raw)
    _set_limits(Limits(**question["limits"]))
    return json.dumps(_answer(question)).encode()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), _work)
