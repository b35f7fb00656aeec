"""The code keeps the rules of the house, and each rule can see a breach of itself."""

import pytest

from tests.house.code_rules import RULES
from tests.house.sources import Rule, product, sources, templates, trials
from tests.house.template_rules import FILE_RULES, TEMPLATE_RULES

TEXT_FILES = (
    r".*\.(py|html|txt|md|toml|lock|ini|mako|cfg|js|css|json|yml|yaml|po|svg)|Makefile|\.ci/.*|\.flaskenv"
)
ALL_RULES = [*RULES, *TEMPLATE_RULES, *FILE_RULES]
FOR_TESTS_TOO = {"nothing is left to do", "comments are English", "names say what is inside"}


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_code_keeps_the_rule(rule: Rule):
    assert rule.found_in(product()) == []


@pytest.mark.parametrize("rule", [r for r in RULES if r.says in FOR_TESTS_TOO], ids=str)
def test_the_tests_keep_the_rule(rule: Rule):
    assert rule.found_in(trials()) == []


@pytest.mark.parametrize("rule", TEMPLATE_RULES, ids=str)
def test_the_templates_keep_the_rule(rule: Rule):
    assert rule.found_in(templates()) == []


@pytest.mark.parametrize("rule", FILE_RULES, ids=str)
def test_all_files_keep_the_rule(rule: Rule):
    assert rule.found_in(sources(TEXT_FILES)) == []


@pytest.mark.parametrize("rule", ALL_RULES, ids=str)
def test_the_rule_sees_a_planted_breach(rule: Rule):
    assert rule.finds_its_planted_fault()


def test_there_is_something_to_look_at():
    assert len(product()) > 20 and trials() and templates()
