"""The tree of organisations."""

import pytest

from accounts import services
from accounts.models import Level, Role
from accounts.queries import is_reaching_all, organisations_reached_by, subtree
from core.audit import SYSTEM, history_of
from core.errors import Blocked, Invalid
from tests import factories
from tests.accounts.browser import Browser


@pytest.fixture
def tree(region):
    """A region, its two districts, a school and its branch in the first."""
    first, second = (factories.municipality(region, name) for name in ("Первый район", "Второй район"))
    school = factories.institution(first, "Школа")
    branch = factories.institution(school, "Филиал")
    return region, first, second, school, branch


def test_paths_name_all_ancestors(tree):
    region, first, _second, school, branch = tree

    assert branch.path == f"/{region.id}/{first.id}/{school.id}/{branch.id}/"


def test_moving_takes_everything_below_along(session, tree):
    region, _first, second, school, branch = tree

    services.move_organisation(school, under=second, by=SYSTEM, ground="закон о слиянии")

    session.expire_all()
    assert school.path == f"/{region.id}/{second.id}/{school.id}/"
    assert branch.path == f"{school.path}{branch.id}/"
    assert [row.label for row in subtree(second)] == ["Второй район", "Школа", "Филиал"]
    assert history_of(school)[0].ground == "закон о слиянии"


def test_rights_move_along(session, tree):
    _region, first, second, school, branch = tree
    old, new = (factories.coordinator(o) for o in (first, second))

    services.move_organisation(school, under=second, by=SYSTEM)

    session.expire_all()
    assert Role.COORDINATOR in new.roles_over(branch.path) and not old.roles_over(branch.path)


def test_nothing_is_put_under_itself(session, tree):
    _region, _first, _second, school, branch = tree

    for under in (school, branch):
        with pytest.raises(Invalid, match="самой себе"):
            services.move_organisation(school, under=under, by=SYSTEM)


def test_a_higher_level_does_not_stand_under_a_lower_one(session, tree):
    _region, first, second, school, _branch = tree

    with pytest.raises(Invalid, match="более низкого уровня"):
        services.move_organisation(second, under=school, by=SYSTEM)
    with pytest.raises(Invalid, match="более низкого уровня"):
        services.add_organisation("Х", level=Level.REGION, parent=first, by=SYSTEM)


def test_an_organisation_closes_after_those_below_it(session, tree):
    _region, _first, _second, school, branch = tree
    with pytest.raises(Blocked, match="Сначала закройте"):
        services.close_organisation(school, by=SYSTEM)

    services.close_organisation(branch, by=SYSTEM)
    services.close_organisation(school, by=SYSTEM)

    assert school.closed_at
    with pytest.raises(Blocked, match="закрыта"):
        services.add_organisation("Х", level=Level.INSTITUTION, parent=school, by=SYSTEM)
    services.reopen_organisation(school, by=SYSTEM)
    assert school.closed_at is None


def test_a_role_reaches_the_subtree_and_an_executors_role_only_its_own(session, tree):
    _region, first, _second, school, branch = tree
    coordinator, executor = factories.coordinator(first), factories.executor(first)

    assert organisations_reached_by(coordinator) == [first, school, branch]
    assert organisations_reached_by(executor) == [first]
    assert organisations_reached_by(coordinator, Role.ADMINISTRATOR) == []


def test_number_ten_is_not_below_number_one(session, region):
    tops = [factories.municipality(region) for _n in range(11)]
    coordinator = factories.coordinator(tops[0])

    assert organisations_reached_by(coordinator) == [tops[0]]


def test_reaching_all_means_every_top_of_the_tree(session, region):
    administrator = factories.person(Role.ADMINISTRATOR, organisation=region)
    assert is_reaching_all(administrator, Role.ADMINISTRATOR)

    services.add_organisation("Вторая область", level=Level.REGION, by=SYSTEM)

    assert not is_reaching_all(administrator, Role.ADMINISTRATOR)


def test_the_pages_of_an_organisation_do_what_they_say(app, session, administrator, tree):
    region, first, second, school, _branch = tree
    browser = Browser(app.test_client(), administrator)
    form = {"name": "Детский сад № 2", "level": "institution", "organisation": first.id}

    assert browser.post("/admin/organisations/new", **form).status_code == 303
    added = next(o for o in subtree(first) if o.name == "Детский сад № 2")
    assert "Детский сад" in browser.get("/admin/organisations").text
    base = f"/admin/organisations/{added.id}"
    browser.post(base, name="Детский сад № 2 «Ёлочка»", short_name="ДС № 2")
    browser.post(f"{base}/move", organisation=second.id)
    session.refresh(added)
    assert added.short_name == "ДС № 2" and added.parent_id == second.id

    refused = browser.post(f"/admin/organisations/{first.id}/move", organisation=school.id)
    assert refused.status_code == 422 and "самой себе" in refused.text
    browser.post(f"{base}/close", reason="ликвидация")
    session.refresh(added)
    assert added.closed_at and "закрыта" in browser.get("/admin/organisations").text
    browser.post(f"{base}/reopen")
    session.refresh(added)
    assert added.closed_at is None
