"""What every page shares: refusals become pages, security headers, language, display settings."""

import contextlib
import hashlib
import secrets
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask_babel import Babel
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

import core.filters
from core import audit, outbox  # noqa: F401  (their tables belong to every application)
from core.clock import today
from core.db import db, prepare_sqlite
from core.errors import Refusal, Stale
from core.words import _, gettext

LANGUAGES = ("ru", "en")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SIZES, SCHEMES = ("m", "l", "xl"), ("none", "bw", "wb", "blue")
SPACES, THEMES = ("n", "w"), ("auto", "light", "dark")
DISPLAY = {"size": SIZES, "scheme": SCHEMES, "space": SPACES, "theme": THEMES}
csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Wire everything that is the same in every room."""
    settings = app.config["SETTINGS"]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    app.jinja_env.bytecode_cache = _compiled_templates(app)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
    csrf.init_app(app)
    Babel(app, locale_selector=language)
    core.filters.register(app)
    _wire(app)


def _compiled_templates(app: Flask) -> FileSystemBytecodeCache | None:
    """Compiled templates lie beside their sources as Python's own bytecode does, where that may be written.

    Compiling them anew costs each process seconds of its first pages.
    """
    folder = Path(app.root_path, str(app.template_folder), "__pycache__")
    if sys.dont_write_bytecode:
        return None
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
    return _Kept(str(folder))


class _Kept(FileSystemBytecodeCache):
    """Without room, or in a folder of somebody else, templates are compiled as if nothing were kept."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _wire(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, _forgotten_form)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _our_fault)
    app.after_request(_protect)
    app.context_processor(_shared_context)
    app.url_defaults(_versioned)


def language() -> str:
    """The language of the request: the person's choice, else the setting. Russian first."""
    chosen = request.cookies.get("language", "") if request else ""
    return chosen if chosen in LANGUAGES else str(current_app.config["BABEL_DEFAULT_LOCALE"])


def display() -> dict[str, str]:
    """How the person wants the page to look, from the cookie `display`: «size.scheme.space.theme»."""
    parts = dict(zip(DISPLAY, request.cookies.get("display", "").split("."), strict=False))
    return {name: parts[name] if parts.get(name) in known else known[0] for name, known in DISPLAY.items()}


def wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return bool(best and best != "text/html")


def answer(status: int, title: Any, **more: Any) -> tuple[Any, int]:
    """One refusal for a person (a page) or for a program (a problem document, RFC 9457)."""
    if wants_json():
        body = {"status": status, "title": str(title)} | {k: str(v) for k, v in more.items() if v}
        response = Response(current_app.json.dumps(body), status, mimetype="application/problem+json")
        return response, status
    shown = {"code": None, "versions": None, "back_url": _came_from()} | more
    return render_template("errors/refusal.html", status=status, reason=title, **shown), status


def _came_from() -> str:
    """The page of this site on which the person pressed; nothing when it is not known."""
    came, here = urlsplit(request.referrer or ""), urlsplit(request.url)
    if came.netloc != here.netloc or (came.path, came.query) == (here.path, here.query):
        return ""
    path = "/" + came.path.lstrip("/\\")  # two slashes would lead off the site
    return f"{path}?{came.query}" if came.query else path


def refused(refusal: Refusal) -> tuple[Any, int]:
    """Every refusal of every room ends here."""
    db.session.rollback()
    versions = refusal.versions if isinstance(refusal, Stale) else None
    reason = gettext(str(refusal.reason))
    return answer(refusal.status, reason, kind=type(refusal).__name__, versions=versions)


def _forgotten_form(_error: CSRFError) -> tuple[Any, int]:
    return answer(400, gettext("Страница устарела. Обновите её и отправьте ещё раз: введённое сохранено."))


def _busy(_error: OperationalError) -> tuple[Any, int]:
    _stop_asking()
    return answer(503, gettext("Система сейчас занята. Повторите через минуту: введённое сохранено."))


def _stop_asking() -> None:
    """The database may be away: the page that says so shows nothing that has to be looked up there."""
    with contextlib.suppress(OperationalError):
        db.session.rollback()
    g.person = None


SENTENCES = {
    400: _("Запрос не понят. Вернитесь на страницу и повторите."),
    401: _("Войдите, чтобы продолжить."),
    403: _("Эта страница не для вашей роли. Обратитесь к координатору."),
    404: _("Такой страницы нет или она вам не видна. Проверьте адрес или воспользуйтесь поиском."),
    405: _("Так эту страницу не открывают. Вернитесь и повторите."),
    413: _("Слишком большой файл. Сожмите скан или разделите на части."),
    429: _("Слишком много попыток. Подождите несколько минут."),
}


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError):  # at a host that is not ours there is no page to link to
        return Response(gettext("Неверный адрес сайта."), 400, mimetype="text/plain")
    if error.response is not None:
        return error
    return answer(error.code, SENTENCES.get(error.code, SENTENCES[400]))


def _our_fault(error: Exception) -> tuple[Any, int]:
    _stop_asking()
    code = secrets.token_hex(3).upper()
    current_app.logger.error("fault %s", code, exc_info=getattr(error, "original_exception", error))
    title = gettext("Сбой на нашей стороне, код %(code)s. Введённое сохранено.", code=code)
    return answer(500, title, code=code)


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    elif response.status_code < 400:
        response.headers["Cache-Control"] = _kept_by_browsers()
    return response


def _kept_by_browsers() -> str:
    """For ever what has its own version in its address (while servers change it may have the next one's);
    fonts, which style sheets name without one, a week."""
    name = (request.view_args or {})["filename"]
    if request.args.get("v") == _version_of(name):
        return "public, max-age=31536000, immutable"
    return "public, max-age=604800" if name.endswith(".woff2") else "no-cache"


def _versioned(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses of static files change with their content, so that browsers need not ask for them again."""
    if endpoint == "static" and "filename" in values:
        values["v"] = _version_of(values["filename"])


def _version_of(name: str) -> str:
    file = Path(str(current_app.static_folder), name)
    return _version(file, file.stat().st_mtime_ns)


@lru_cache
def _version(file: Path, _changed: int) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest()


class _Display:
    """The four display choices as attributes."""

    def __init__(self, choices: dict[str, str]) -> None:
        self.size, self.scheme = choices["size"], choices["scheme"]
        self.space, self.theme = choices["space"], choices["theme"]


def _shared_context() -> dict[str, Any]:
    settings = current_app.config["SETTINGS"]
    return {
        "app_name": gettext("Веха"),
        "organisation_name": settings.organisation_name,
        "display": _Display(display()),
        "today": today(),
        "language": language(),
        "person": g.get("person"),
    }


def back_to(endpoint: str, **values: Any) -> Response:
    """Redirect after a post, by endpoint only: an address from outside is never followed."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value]
