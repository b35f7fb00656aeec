"""The door: who is asking, and may they ask for this at all.

For every request the session cookie is looked up and the person put into `g.person`; Flask-Login gets the
same person as `current_user` and does nothing else. Then the policy of the route is enforced. A route
without a policy is never served.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_login import LoginManager
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from accounts.models import Role, User
from accounts.passwords import make_ready
from accounts.policy import Policy, policy_of, public
from accounts.queries import sign_in_by_token
from accounts.services import see
from core.errors import NotSignedIn, NotYours
from core.settings import settings
from core.web import wants_json
from core.words import _

SAFE = ("GET", "HEAD", "OPTIONS")
#: Where somebody goes who has yet to set up the second factor that the instance asks for.
ENROLMENT = "accounts.second_factor"


class Undeclared(RuntimeError):
    """A route has no policy: nobody said who may ask for it."""


def init_app(app: Flask) -> None:
    """Stand at the door of every route of `app`. Call it after core.web.init_app."""
    loader = LoginManager()
    loader.session_protection = None
    loader.request_loader(lambda _request: g.get("person"))
    loader.init_app(app)
    # Nobody is remembered by its cookies; looking for them would make every answer vary by cookie.
    app.after_request_funcs[None].remove(loader._update_remember_cookie)
    public(app.view_functions["static"])
    # First of all, so that even the page about a forgotten form knows whose it is.
    app.before_request_funcs.setdefault(None, []).insert(0, load_person)
    app.before_request(enforce_policy)
    app.context_processor(_own_links)
    make_ready()


def load_person() -> None:
    """Put the person of the session cookie into `g.person`, None when there is none.

    `g.sign_in` is the session itself; while it waits for the second factor there is no person yet.
    """
    g.person = g.sign_in = None
    token = session_token()
    if token and request.endpoint != "static":
        g.sign_in = sign_in_by_token(token)
    if g.sign_in is not None and not g.sign_in.awaits_totp:
        see(g.sign_in)
        g.person = g.sign_in.user


def enforce_policy() -> Any:
    """Let the request pass, send it to sign in, or refuse it."""
    if request.routing_exception is not None or request.endpoint is None:
        return None
    policy = policy_of(current_app.view_functions[request.endpoint])
    if policy is None:
        raise Undeclared(f"{request.endpoint} does not say who may ask for it (accounts/policy.py)")
    if policy.is_public:
        return None
    if g.person is None:
        return _to_sign_in()
    return _checked(policy, g.person)


def _to_sign_in() -> Response:
    if request.method not in SAFE:
        raise NotSignedIn(
            _("Вход закончился. Войдите в соседней вкладке и отправьте ещё раз отсюда: нажмите «Назад».")
        )
    if wants_json():
        raise NotSignedIn(_("Войдите, чтобы продолжить."))
    step = "accounts.second_step" if g.sign_in is not None else "accounts.sign_in"
    wanted = request.full_path.rstrip("?")
    return redirect(url_for(step, next=wanted if wanted != "/" else None))  # type: ignore[return-value]


def _checked(policy: Policy, person: User) -> Response | None:
    if policy.roles is not None and not person.has_role(*policy.roles):
        raise NotYours(_("Эта страница не для вашей роли. Обратитесь к координатору или администратору."))
    if must_enrol(person) and not (request.endpoint or "").startswith(ENROLMENT):
        if request.method in SAFE and not wants_json():
            return redirect(url_for(ENROLMENT))  # type: ignore[return-value]
        raise NotYours(_("Сначала включите второй шаг входа: он обязателен для администраторов."))
    return None


def _own_links() -> dict[str, Any]:
    """What the frame of every page shows a signed-in person about the account."""
    person, asked = g.get("person"), {"help_url": url_for("accounts.help_page")}
    if person is None:
        return asked
    links = [(url_for("accounts.profile"), _("Профиль")), (url_for("accounts.sessions"), _("Сеансы"))]
    return asked | {"account_links": links, "sign_out_url": url_for("accounts.leave")}


def must_enrol(person: User) -> bool:
    """Whether the instance asks this person for a second factor that is not set up yet."""
    asked = settings().totp_for_administrators and person.has_role(Role.ADMINISTRATOR)
    return asked and not person.totp_secret


# The cookie.


def cookie_name() -> str:
    """`__Host-` keeps other sites of the same domain from planting a session; it needs https."""
    return "__Host-vekha_session" if _is_secure() else "vekha_session"


def _is_secure() -> bool:
    return settings().base_url.startswith("https://")


def session_token() -> str:
    """The token the browser sent, or nothing."""
    return request.cookies.get(cookie_name(), "")[:200]


def give_cookie(response: Response, token: str, *, days: int | None = None) -> Response:
    """Give the browser its session, until it is closed or for so many days."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=days * 86400 if days else None,
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def take_cookie(response: Response) -> Response:
    """Take the session cookie away."""
    response.delete_cookie(cookie_name(), secure=_is_secure(), httponly=True, samesite="Lax", path="/")
    return response


# Where to go on after signing in.


def onward(wanted: str | None) -> str:
    """An address of our own to go on to: `wanted` if a page of ours answers there, else the first page.

    The address is built anew from the route it names, so nothing of what was sent is followed as it is.
    """
    home = f"{request.root_path}/"
    if not wanted or not _is_plain(wanted):
        return home
    parts = urlsplit(wanted)
    try:
        endpoint, values = current_app.create_url_adapter(request).match(parts.path, "GET")  # type: ignore[union-attr]
    except (HTTPException, RequestRedirect):
        return home
    page = url_for(endpoint, **values)
    return f"{page}?{parts.query}" if parts.query else page


def _is_plain(wanted: str) -> bool:
    """A path of this site and nothing that a browser could read as another one."""
    if not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > 2000:
        return False
    if "\\" in wanted or any(ord(sign) < 33 or 126 < ord(sign) < 160 for sign in wanted):
        return False
    parts = urlsplit(wanted)
    return not (parts.scheme or parts.netloc)
