"""The limited process: what comes out of it, and that nothing in it reaches us."""

import os
import time

import pytest

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
