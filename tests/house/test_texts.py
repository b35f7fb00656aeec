"""Every text has its English, with the same blanks to fill in, and nothing is left uncertain."""

import ast
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent.parent
ENGLISH = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
#: The functions whose texts are collected, as .ci/messages names them.
MARKS = {"_", "gettext", "ngettext", "lazy_gettext", "lazy_ngettext", "plural", "counted", "sentence"}
TEMPLATES = ROOT / "templates"
ROOMS = ("core", "accounts", "workflow", "documents", "roadmap", "orders", "reports", "search_index")
NAMES_OF_LANGUAGES = {"Русский"}
#: What is filled in when a text is shown: by gettext, or by the scripts of a page.
BLANKS = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
#: Names of things that are Russian in any language, or examples of Russian texts to type in.
MAY_STAY_RUSSIAN = re.compile(r"«[^»]*»|№|“[^”]*”")


def strings(message) -> list[str]:
    found = message.string
    return list(found) if isinstance(found, tuple) else [found]


def sources(message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple) else [message.id]


def blanks(text: str) -> set[str]:
    return set(BLANKS.findall(text))


def faults(catalogue: Catalog) -> list[str]:
    """What is wrong with a catalogue, one line for each message."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        first = sources(message)[0]
        if message.fuzzy or not all(strings(message)):
            found.append(f"no English for «{first}»")
        elif list(map(blanks, sources(message))) != list(map(blanks, strings(message))):
            found.append(f"other blanks in the English of «{first}»")
        elif any(CYRILLIC.search(MAY_STAY_RUSSIAN.sub("", s)) for s in strings(message)):
            found.append(f"Russian in the English of «{first}»")
    return found


def collected(folder: Path) -> Catalog:
    """The texts that stand in the code and the templates now, as `make messages` collects them."""
    pot = folder / "messages.pot"
    subprocess.run([ROOT / ".ci" / "messages", "--collect", pot], check=True, cwd=ROOT, capture_output=True)
    with pot.open("rb") as stream:
        return read_po(stream)


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as stream:
        return read_po(stream, locale="en")


def test_every_text_of_the_catalogue_has_good_english(english):
    assert faults(english) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the texts are collected by a shell script")
def test_the_catalogue_has_every_text_of_the_code(english, tmp_path):
    known = {message.id for message in english}

    assert [message.id for message in collected(tmp_path) if message.id not in known] == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Веха"\nmsgstr ""', "no English"),
        ('#, fuzzy\nmsgid "Веха"\nmsgstr "Vekha"', "no English"),
        ('msgid "Ждёт %(name)s"\nmsgstr "%(who)s waits"', "other blanks"),
        ('msgid "Ждёт %(name)s"\nmsgstr "Somebody waits"', "other blanks"),
        ('msgid "черновик сохранён в {time}"\nmsgstr "draft saved"', "other blanks"),
        ('msgid "день"\nmsgid_plural "дней"\nmsgstr[0] "day"\nmsgstr[1] ""', "no English"),
        ('msgid "Веха"\nmsgstr "Веха"', "Russian in the English"),
    ],
)
def test_a_fault_of_a_catalogue_is_noticed(entry, fault):
    assert fault in " ".join(faults(read_po(io.BytesIO(entry.encode()), locale="en")))


def unmarked(template: str) -> list[str]:
    """The Russian of a template that stands outside the marks of texts, so no catalogue can have it."""
    tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(template)
    calls = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") in MARKS]
    marked = {id(part) for call in calls for part in call.find_all(nodes.Const)}
    texts = [str(part.value) for part in tree.find_all(nodes.Const) if id(part) not in marked]
    texts += [part.data for part in tree.find_all(nodes.TemplateData)]
    return [text for text in texts if CYRILLIC.search(text) and text not in NAMES_OF_LANGUAGES]


def unseen(code: str) -> list[str]:
    """The texts that are marked inside f-strings, where the extraction of Python 3.11 does not look."""
    strings = [part for part in ast.walk(ast.parse(code)) if isinstance(part, ast.JoinedStr)]
    calls = [part for string in strings for part in ast.walk(string) if isinstance(part, ast.Call)]
    marked = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in MARKS]
    return [text for text in map(ast.unparse, marked) if CYRILLIC.search(text)]


def test_templates_have_no_russian_outside_the_marks():
    found = {str(file.relative_to(ROOT)): unmarked(file.read_text()) for file in TEMPLATES.rglob("*.html")}

    assert {name: texts for name, texts in found.items() if texts} == {}


def test_no_text_is_marked_where_it_would_not_be_collected():
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    found = {str(file.relative_to(ROOT)): unseen(file.read_text()) for file in files}

    assert len(files) > 100
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_russian_outside_the_marks_is_noticed():
    assert unmarked('<h1>Отчёт</h1>{{ _("Период") }}') == ["<h1>Отчёт</h1>"]
    assert unmarked('{{ link("/", "Назад") }}{{ link("/", _("Назад")) }}') == ["Назад"]
    assert unseen("""f"{gettext('Отчёт')} {number}" """) == ["gettext('Отчёт')"]
    assert unseen("""f"{number} " + gettext("Отчёт")""") == []
