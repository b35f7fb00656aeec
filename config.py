"""Settings, read from the environment only. Every default is fit for production or refuses it."""

import contextlib
import hashlib
import hmac
import os
import secrets
import stat
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
UNSAFE_KEY = "development-only-key-that-production-refuses"
TRUE = {"1", "true", "yes", "on"}


class UnsafeSettings(RuntimeError):
    """Vekha does not start like this; the message says what to change."""


@dataclass(frozen=True)
class Settings:
    """All that can be set. Each field is the variable VEKHA_<FIELD>; docs: README, «Settings»."""

    env: str = "production"
    data: Path = ROOT / "var"
    database_url: str = ""
    secret_key: str = ""
    journal_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: str = ""
    storage_url: str = ""
    smtp_url: str = ""
    mail_from: str = "vekha@localhost"
    imap_url: str = ""
    organisation_name: str = ""
    language: str = "ru"
    upload_mb: int = 20
    request_mb: int = 100
    proxies: int = 0
    totp_for_administrators: bool = True
    session_days: int = 14
    session_idle_minutes: int = 480
    term_shift: str = "preceding"
    term_days: str = "calendar"
    school_year_end: str = "08-31"
    debug: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read VEKHA_* variables; an unknown one is warned about, so that a typo is not silently ignored."""
        known = {f"VEKHA_{field.name.upper()}": field for field in fields(cls)}
        outside = {"VEKHA_TIMEZONE"}
        unknown = [n for n in environ if n.startswith("VEKHA_") and n not in known.keys() | outside]
        if unknown:
            warnings.warn(f"unknown settings: {', '.join(sorted(unknown))}", stacklevel=2)
        values = {f.name: _read(f.type, environ[n]) for n, f in known.items() if n in environ}
        return cls(**values)

    @property
    def in_production(self) -> bool:
        return self.env == "production"

    @property
    def database(self) -> str:
        """The address SQLAlchemy connects to; a SQLite file in the data folder by default."""
        url = self.database_url or f"sqlite:///{self.data / 'vekha.sqlite'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    def check(self) -> None:
        """Refuse what would be unsafe: a default key, debugging, a data folder open to others."""
        if not self.in_production:
            return
        if self.secret_key and (self.secret_key == UNSAFE_KEY or len(self.secret_key) < 32):
            raise UnsafeSettings("VEKHA_SECRET_KEY must be a secret of your own of 32 characters or more")
        if self.debug:
            raise UnsafeSettings("VEKHA_DEBUG must be off in production")
        if self.data.exists() and self.data.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH):
            raise UnsafeSettings(f"others can open {self.data}; run: chmod 700 {self.data}")

    def key(self) -> str:
        """The secret of the instance: the setting, or one made up once and kept in the data folder."""
        if self.secret_key:
            return self.secret_key
        file = self.data / "secret.key"
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                out.write(secrets.token_hex(32))
        return file.read_text(encoding="ascii")

    def to_flask(self) -> dict[str, Any]:
        """The same as Flask and its extensions call it."""
        key = self.key()
        journal = self.journal_key or hmac.new(key.encode(), b"vekha journal", hashlib.sha256).hexdigest()
        secure = self.base_url.startswith("https://")
        hosts = [h.strip() for h in self.trusted_hosts.split(",") if h.strip()]
        return {
            "SETTINGS": self,
            "SECRET_KEY": key,
            "JOURNAL_KEY": journal.encode(),
            "SQLALCHEMY_DATABASE_URI": self.database,
            # All rooms together ask in more ways than the usual 500, which would be compiled over and over.
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "query_cache_size": 2000},
            "MAX_CONTENT_LENGTH": self.request_mb << 20,
            "MAX_FORM_MEMORY_SIZE": 4 << 20,
            "TRUSTED_HOSTS": [*hosts, *self.own_hosts] if hosts or self.in_production else None,
            "SESSION_COOKIE_NAME": "vekha_form",
            "SESSION_COOKIE_SECURE": secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": self.language,
            "BABEL_DEFAULT_TIMEZONE": "Europe/Moscow",
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
            "TEMPLATES_AUTO_RELOAD": self.debug,
        }

    @property
    def own_hosts(self) -> list[str]:
        """The names under which this instance answers; on one's own machine both of its usual ones."""
        host = urlsplit(self.base_url).hostname or ""
        return ["127.0.0.1", "localhost"] if host in ("127.0.0.1", "localhost") else [host]


def _read(kind: Any, text: str) -> Any:
    name = kind if isinstance(kind, str) else kind.__name__
    readers: dict[str, Callable[[str], Any]] = {
        "bool": lambda t: t.lower() in TRUE,
        "int": int,
        "Path": lambda t: Path(t).resolve(),
    }
    return readers.get(name, str)(text)
