"""Processes of their own, for what only another process shows: a server, a worker, whoever is killed.

They are forked from one that has read the program already, since a Python started anew takes seconds to.
"""

import multiprocessing
import os
from collections.abc import Callable, Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["app", "tests.conftest", "tests.factories"])


def started(
    do: Callable[..., object], *args: Any, environ: Mapping[str, str] | None = None, log: Path | None = None
) -> BaseProcess:
    """A process that does it, with these settings and no other `VEKHA_*`, and a session of its own."""
    process = PROCESSES.Process(target=_run, args=(do, args, environ or {}, log or Path(os.devnull)))
    process.start()
    return process


def _run(do: Callable[..., object], args: tuple[Any, ...], environ: Mapping[str, str], log: Path) -> None:
    os.setsid()
    for name in [name for name in os.environ if name.startswith("VEKHA_")]:
        del os.environ[name]
    os.environ |= environ
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    do(*args)
