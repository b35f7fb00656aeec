"""The limited process: what comes out of it, and that nothing in it reaches us."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core import limited
from core.errors import TooLarge, Unreadable
from core.limited import Limits, run_limited


def fold(text: str) -> dict[str, str]:
    return {"folded": text.upper()}


def refuse() -> None:
    raise TooLarge("Файл слишком велик: разделите его.")


def swell() -> int:
    return len(bytearray(2 << 30))


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def abort() -> None:
    os.abort()


def chatter() -> str:
    print("личные данные")
    os.write(1, b"more noise")
    return "тихо"


def environment() -> list[str]:
    return sorted(os.environ)


def unspeakable() -> object:
    return object()


KEPT: list[str] = []


def keep(text: str) -> list[str]:
    KEPT.append(text)
    return KEPT


def start_another(told: str) -> None:
    """Starts a program that would go on for long, tells its number and its own, and waits."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(told).write_text(f"{os.getpid()} {other.pid}")
    time.sleep(60)


def parent() -> int:
    return os.getsid(os.getppid())


HERE = "tests.core.test_limited:"


def test_arguments_and_results_travel_as_data() -> None:
    assert run_limited(HERE + "fold", text="Веха") == {"folded": "ВЕХА"}


def test_a_refusal_inside_comes_out_as_itself() -> None:
    with pytest.raises(TooLarge, match="разделите"):
        run_limited(HERE + "refuse")


@pytest.mark.parametrize("name", ["swell", "abort", "unspeakable", "missing"])
def test_whatever_breaks_inside_comes_out_as_unreadable(name: str) -> None:
    with pytest.raises(Unreadable, match="не удалось прочитать"):
        run_limited(HERE + name, Limits(memory_mb=512))


@pytest.mark.parametrize(
    ("name", "limits"), [("spin", Limits(cpu_seconds=1)), ("sleep", Limits(wall_seconds=1.5))]
)
def test_what_takes_too_long_is_ended(name: str, limits: Limits) -> None:
    began = time.monotonic()

    with pytest.raises(Unreadable, match="слишком долго"):
        run_limited(HERE + name, limits)

    assert time.monotonic() - began < 15


def test_what_is_printed_inside_stays_inside(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_limited(HERE + "chatter") == "тихо"
    assert "личные" not in "".join(capfd.readouterr())


def test_secrets_of_the_environment_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEKHA_SECRET_KEY", "x" * 40)

    assert not [name for name in run_limited(HERE + "environment") if name.startswith("VEKHA")]


def test_a_child_knows_nothing_of_the_one_before() -> None:
    assert [run_limited(HERE + "keep", text=each) for each in ("один", "два")] == [["один"], ["два"]]


def test_nothing_that_a_child_started_outlives_its_time(tmp_path: Path) -> None:
    told = tmp_path / "numbers"

    with pytest.raises(Unreadable, match="слишком долго"):
        run_limited(HERE + "start_another", Limits(wall_seconds=3), told=str(told))

    assert comes(lambda: not any(is_there(int(number)) for number in told.read_text().split()))


def test_nothing_that_a_child_started_outlives_the_asker(tmp_path: Path) -> None:
    told = tmp_path / "numbers"
    asking = (
        f"from core.limited import run_limited; run_limited({HERE + 'start_another'!r}, told={str(told)!r})"
    )
    asker = subprocess.Popen([sys.executable, "-c", asking], cwd=limited.ROOT)
    assert comes(lambda: told.exists() and len(told.read_text().split()) == 2)

    asker.kill()
    asker.wait()

    assert comes(lambda: not any(is_there(int(number)) for number in told.read_text().split()))


def test_after_the_nursery_was_killed_there_is_another() -> None:
    nursery = run_limited(HERE + "parent")

    os.kill(nursery, signal.SIGKILL)

    assert comes(lambda: not is_there(nursery))
    assert run_limited(HERE + "parent") != nursery


def test_a_forked_process_has_a_nursery_of_its_own() -> None:
    nursery = run_limited(HERE + "parent")
    reading, writing = os.pipe()

    if os.fork() == 0:
        with contextlib.suppress(BaseException):
            os.write(writing, str(run_limited(HERE + "parent")).encode())
            limited._ASKER.leave()
        os._exit(0)
    os.wait()

    assert int(os.read(reading, 20)) != nursery
    assert run_limited(HERE + "parent") == nursery


def comes(happens: Callable[[], bool]) -> bool:
    """Whether it happens within ten seconds."""
    until = time.monotonic() + 10
    while not happens() and time.monotonic() < until:
        time.sleep(0.02)
    return happens()


def is_there(process: int) -> bool:
    """Whether a process runs; one that only waits to be counted out does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False
