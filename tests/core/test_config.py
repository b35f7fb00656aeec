"""Settings: from the environment only, unsafe ones refused."""

import stat
from pathlib import Path

import pytest

from config import UNSAFE_KEY, Settings, UnsafeSettings


def settings(tmp_path: Path, **environ: str) -> Settings:
    folder = tmp_path / "data"
    return Settings.from_environment({"VEKHA_DATA": str(folder), **environ})


def test_the_defaults_are_production_and_make_a_key_of_their_own(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    chosen.check()

    key = chosen.key()

    assert chosen.in_production and len(key) == 64 and chosen.key() == key
    assert stat.S_IMODE((chosen.data / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(chosen.data.stat().st_mode) == 0o700


@pytest.mark.parametrize("key", [UNSAFE_KEY, "short"])
def test_production_refuses_a_known_or_short_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(UnsafeSettings, match="VEKHA_SECRET_KEY"):
        settings(tmp_path, VEKHA_SECRET_KEY=key).check()


def test_production_refuses_debugging(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="VEKHA_DEBUG"):
        settings(tmp_path, VEKHA_DEBUG="yes").check()


def test_production_refuses_a_data_folder_that_others_can_open(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    chosen.data.mkdir()
    chosen.data.chmod(0o755)

    with pytest.raises(UnsafeSettings, match="chmod 700"):
        chosen.check()


def test_a_misspelt_setting_is_told(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="VEKHA_DATABSE"):
        settings(tmp_path, VEKHA_DATABSE="sqlite://")


def test_postgresql_is_reached_by_its_driver(tmp_path: Path) -> None:
    chosen = settings(tmp_path, VEKHA_DATABASE_URL="postgresql://u@h/vekha")

    assert chosen.database == "postgresql+psycopg://u@h/vekha"


def test_cookies_are_secure_where_the_address_is(tmp_path: Path) -> None:
    plain, secure = settings(tmp_path), settings(tmp_path, VEKHA_BASE_URL="https://vekha.example")

    assert plain.to_flask()["SESSION_COOKIE_SECURE"] is False
    assert secure.to_flask()["SESSION_COOKIE_SECURE"] is True
    assert secure.to_flask()["TRUSTED_HOSTS"] == ["vekha.example"]
