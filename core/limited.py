"""Runs one function in a process of its own with limits on memory, processor and wall time.

Hostile files and hostile templates are opened only here. Arguments and results travel as JSON, so a
process taken over by its input can answer nonsense but cannot run code in ours. The child sees no
secrets: its environment holds only what Python needs.

Limits follow design/reliability.md E5: 1 GiB, 15 s of processor, 20 s of wall time.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import Refusal, TooLarge, Unreadable, sentence

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
    answer = _ask_child(question, limits)
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


def _ask_child(question: str, limits: Limits) -> dict[str, Any]:
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "core.limited"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        start_new_session=True,
    )
    try:
        raw, _ = child.communicate(question.encode(), timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable(_TOO_LONG) from None
    finally:
        _end(child)
    return _understood(raw, child.returncode, limits)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Nothing the child started outlives it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


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


def _child() -> None:
    """Read the question, limit oneself, answer on the real standard output and nowhere else."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    question = json.loads(sys.stdin.buffer.read())
    _set_limits(Limits(**question["limits"]))
    out.write(json.dumps(_answer(question)).encode())
    out.close()
    os._exit(0)


if __name__ == "__main__":
    _child()
