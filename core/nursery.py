"""Forks a process for each question out of one that has read the program's modules already.

Starting Python and importing what a job needs is most of what a small job costs (bench/limited_start.py), so
one process, the nursery, does it once and waits. For each question it forks a keeper, and the keeper forks
the child that works under limits: the child is as new as one started from nothing, and nothing it does
reaches the nursery or another child.

    asker ── control: name of a module + a channel ──> nursery ── fork ──> keeper ── fork ──> child
    asker <───────── channel: question, answer, exit code ───────────────> keeper <── pipe ──

The asker hangs up when it has waited long enough, or when it dies: the keeper then ends the child and
all that the child started. When the control socket closes, the nursery goes too.

`core.limited` is the asker, and says what the child does; nobody else uses this.
"""

import contextlib
import importlib
import os
import select
import signal
import socket
import struct
from collections.abc import Callable
from typing import Any, NoReturn

NAME_BYTES, BLOCK = 512, 1 << 16
#: The exit code of the child, as `os.waitstatus_to_exitcode` tells it; the last bytes on the channel.
CODE = struct.Struct("!i")


def serve(control: socket.socket, work: Callable[[bytes], bytes]) -> None:
    """Fork a keeper for each channel that arrives, until the asker closes the control socket.

    `work` makes the answer out of the question; it runs in the child only.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers need no farewell
    while True:
        module, channels, _flags, _address = socket.recv_fds(control, NAME_BYTES, 1)
        if not module:
            return
        _learn(module.decode())
        if os.fork() == 0:
            _leave_with(_keep, control, socket.socket(fileno=channels[0]), work)
        os.close(channels[0])


def _learn(module: str) -> None:
    """Import it, so that the next children have it; what is wrong with it the child will say."""
    with contextlib.suppress(Exception):
        importlib.import_module(module)


def _leave_with(job: Callable[..., None], *arguments: Any) -> NoReturn:
    """A forked process does its job and never comes back into the code of the nursery."""
    code = 1
    try:
        job(*arguments)
        code = 0
    finally:
        os._exit(code)


def _keep(control: socket.socket, channel: socket.socket, work: Callable[[bytes], bytes]) -> None:
    """Hand the question to a child; pass its answer on, and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    control.close()
    question = _all_of(channel)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        channel.close()
        os.close(reading)
        _leave_with(_work, question, writing, work)
    os.close(writing)
    with contextlib.suppress(OSError):  # the asker has hung up
        _pass_on(reading, channel)
    code = _end(child)
    with contextlib.suppress(OSError):
        channel.sendall(CODE.pack(code))


def _work(question: bytes, writing: int, work: Callable[[bytes], bytes]) -> None:
    """The pipe stays open until the child is gone, so that its end tells the end of the child."""
    os.setsid()
    out = os.fdopen(writing, "wb", closefd=False)
    out.write(work(question))
    out.flush()


def _all_of(channel: socket.socket) -> bytes:
    pieces = []
    while piece := channel.recv(BLOCK):
        pieces.append(piece)
    return b"".join(pieces)


def _pass_on(reading: int, channel: socket.socket) -> None:
    """From the child to the asker, until either of them has closed its end."""
    poller = select.poll()
    poller.register(reading, select.POLLIN)
    poller.register(channel, 0)  # only whether it was hung up
    while channel.fileno() not in dict(poller.poll()):
        piece = os.read(reading, BLOCK)
        if not piece:
            return
        channel.sendall(piece)


def _end(child: int) -> int:
    """Nothing the child started outlives it; the child's exit code, negative for a signal."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
