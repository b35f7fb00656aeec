"""`flask accounts …`: the first administrator, and what has to be done when nobody can sign in."""

import sys
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from accounts import services
from accounts.models import Level, Organisation, Pass, Role, User
from accounts.queries import all_people, organisation_named, person_by_login, roots
from accounts.tasks import PAGES
from core.audit import SYSTEM
from core.db import transaction
from core.errors import Refusal
from core.mail import is_mail_on, link_to

accounts = AppGroup("accounts", help="People, organisations and roles.")
ROLES = click.Choice([role.value for role in Role])
LEVELS = click.Choice([level.value for level in Level])


class Person(click.ParamType[User]):
    """A person, named by login."""

    name = "login"

    def convert(self, value: Any, param: Any, ctx: Any) -> User:
        found = value if isinstance(value, User) else person_by_login(value.casefold())
        return found or self.fail(f"there is no person with the login {value!r}", param, ctx)


class Body(click.ParamType[Organisation]):
    """An organisation, named by its number or its exact name."""

    name = "organisation"

    def convert(self, value: Any, param: Any, ctx: Any) -> Organisation:
        found = value if isinstance(value, Organisation) else organisation_named(value)
        return found or self.fail(f"there is no organisation {value!r}, or more than one", param, ctx)


PERSON, BODY = Person(), Body()


def _done(act: Callable[[], Any]) -> Any:
    """Do it; a refusal ends the command with its sentence and status 1."""
    try:
        return act()
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None


def _asked_password(password: str | None) -> str:
    """The password given, read from standard input for «-», or asked for."""
    if password == "-":
        return sys.stdin.readline().rstrip("\n")
    return password or click.prompt("Password", hide_input=True, confirmation_prompt=True)


def _show_link(link: Pass) -> None:
    if link.user.email:
        click.echo(f"a letter to {link.user.email} is on its way")
    if not (link.user.email and is_mail_on()):
        click.echo(link_to(PAGES[link.purpose], token=services.secret_of(link)))


@accounts.command("create-administrator")
@click.argument("login")
@click.option("--surname", default="Администратор", show_default=True)
@click.option("--given-name", default="")
@click.option("--patronymic", default="")
@click.option("--email", default="")
@click.option("--organisation", default="", help="The top organisation; made when there is none.")
@click.option("--password", default=None, help="Asked for when absent; «-» reads it from standard input.")
def create_administrator(login: str, organisation: str, password: str | None, **names: str) -> None:
    """Create somebody who administers everything, and the top organisation if there is none yet."""
    secret = _asked_password(password)

    def act() -> User:
        tops = roots() or [services.add_organisation(organisation, level=Level.REGION, by=SYSTEM)]
        user = services.add_person(login, organisation=tops[0], by=SYSTEM, **names)
        services.set_password(user, secret, by=SYSTEM)
        for top in tops:
            services.grant(user, Role.ADMINISTRATOR, organisation=top, by=SYSTEM)
        return user

    with transaction():
        made = _done(act)
    click.echo(f"administrator {made.login} created")


@accounts.command("add-organisation")
@click.argument("name")
@click.option("--level", type=LEVELS, default=Level.INSTITUTION.value, show_default=True)
@click.option("--under", type=BODY, default=None, help="Number or name; without it a new top of the tree.")
@click.option("--short-name", default="")
def add_organisation(name: str, level: str, under: Organisation | None, short_name: str) -> None:
    """Add an organisation."""
    made = _done(
        lambda: services.add_organisation(
            name, level=Level(level), parent=under, short_name=short_name, by=SYSTEM
        )
    )
    click.echo(f"organisation {made.id} added")


@accounts.command("invite")
@click.argument("login")
@click.option("--surname", required=True)
@click.option("--given-name", default="")
@click.option("--patronymic", default="")
@click.option("--position", default="")
@click.option("--email", default="")
@click.option("--organisation", type=BODY, default=None)
def invite(login: str, **facts: Any) -> None:
    """Add a person and print or post the link with which they set their password."""
    user = _done(lambda: services.add_person(login, by=SYSTEM, **facts))
    _show_link(_done(lambda: services.invite(user, by=SYSTEM)))


@accounts.command("grant")
@click.argument("user", metavar="LOGIN", type=PERSON)
@click.argument("role", type=ROLES)
@click.argument("organisation", type=BODY)
def grant(user: User, role: str, organisation: Organisation) -> None:
    """Give a person a role on an organisation."""
    _done(lambda: services.grant(user, Role(role), organisation=organisation, by=SYSTEM))
    click.echo(f"{user.login} is {role} of {organisation.label}")


@accounts.command("revoke")
@click.argument("user", metavar="LOGIN", type=PERSON)
@click.argument("role", type=ROLES)
@click.argument("organisation", type=BODY)
def revoke(user: User, role: str, organisation: Organisation) -> None:
    """Take a role away."""
    _done(lambda: services.revoke(user, Role(role), organisation=organisation, by=SYSTEM))
    click.echo(f"{user.login} is no longer {role} of {organisation.label}")


@accounts.command("list")
def list_people() -> None:
    """List people with their roles."""
    for user in all_people():
        roles = ", ".join(f"{g.role.value}@{g.organisation.label}" for g in user.grants)
        state = "blocked" if user.blocked_at else "open" if user.password_hash else "invited"
        click.echo("\t".join((user.login, user.full_name, state, roles)))


@accounts.command("reset-password")
@click.argument("user", metavar="LOGIN", type=PERSON)
@click.option("--password", default=None, help="Set this one («-»: standard input), send no link.")
def reset_password(user: User, password: str | None) -> None:
    """Print or post a link to set a new password, or set one."""
    if password is None:
        return _show_link(_done(lambda: services.send_reset(user, by=SYSTEM)))
    _done(lambda: services.set_password(user, _asked_password(password), by=SYSTEM))
    return click.echo(f"the password of {user.login} is set, their sessions are over")


@accounts.command("reset-second-factor")
@click.argument("user", metavar="LOGIN", type=PERSON)
def reset_second_factor(user: User) -> None:
    """Turn off the second factor of somebody who lost the device."""
    _done(lambda: services.reset_second_factor(user, by=SYSTEM))
    click.echo(f"{user.login} signs in without a second factor until a new one is set up")


@accounts.command("block")
@click.argument("user", metavar="LOGIN", type=PERSON)
@click.option("--reason", default="")
def block(user: User, reason: str) -> None:
    """Close an account; nothing opens to it any more."""
    _done(lambda: services.block(user, by=SYSTEM, reason=reason))
    click.echo(f"{user.login} is blocked")


def init_app(app: Flask) -> None:
    app.cli.add_command(accounts)
