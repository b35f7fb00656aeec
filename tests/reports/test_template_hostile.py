"""G10: hostile templates are refused when uploaded, and run nothing even where they are not checked."""

import contextlib
import time
from pathlib import Path

import pytest

from core.errors import Refusal
from reports.render import render_report
from reports.template_check import check_limited, check_template
from tests.reports.paper import PLACES, change, parts_of, report, template, text_of

PAYLOADS = [
    "{{ cycler.__init__.__globals__.os.popen('touch canary') }}",
    "{{ joiner.__init__.__globals__.os.popen('touch canary').read() }}",
    "{{ namespace.__init__.__globals__.os.system('touch canary') }}",
    "{{ lipsum.__globals__['os'].popen('touch canary').read() }}",
    "{{ self.__init__.__globals__.__builtins__.open('canary', 'w') }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.system('touch canary') }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ title.__class__.__base__.__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ title['__cl' ~ 'ass__'] }}",
    "{{ title|attr('__class__') }}",
    "{{ ()|attr('__class__')|attr('__base__') }}",
    "{{ request.application.__globals__ }}",
    "{{ config.items() }}",
    "{{ url_for.__globals__ }}",
    "{{ '{0.__class__}'.format(title) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format_map(title) }}",
    "{{ '%s'|format(title) }}",
    "{{ title.upper() }}",
    "{{ columns.append('x') }}",
    "{{ columns.pop() }}",
    "{{ columns.sort() }}",
    "{{ totals.clear() }}",
    "{{ totals.update(x=1) }}",
    "{{ dict(a=1) }}",
    "{{ range(10) }}",
    "{{ columns[0] }}",
    "{{ 7*7 }}",
    "{{ 7+7 }}",
    "{{ 'a' ~ title }}",
    "{{ 5 % 2 }}",
    "{{ 2**10 }}",
    "{{ -1 }}",
    "{{ title|safe }}",
    "{{ title|map(attribute='x')|list }}",
    "{{ columns|tojson }}",
    "{{ title|replace('a', 'b') }}",
    "{{ title|string|e }}",
    "{{ caller() }}",
    "{{ loop.cycle('a') }}",
    "{{ title is callable }}",
    "{{ [title] }}",
    "{{ {'a': title} }}",
    "{{ (title, title) }}",
    "{% set x = title.__class__ %}{{ x }}",
    "{% set x = 'a' %}",
    "{% include 'secret' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends 'x' %}",
    "{% macro m() %}x{% endmacro %}{{ m() }}",
    "{% call m() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{% with x = title %}{{ x }}{% endwith %}",
    "{% block b %}x{% endblock %}",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    "{% do columns.append(1) %}",
    "{% for x in title.__class__.__mro__ %}{{ x }}{% endfor %}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{% for title in columns %}{{ title }}{% endfor %}",
    "{% for x in columns recursive %}{{ loop(x) }}{% endfor %}",
    "{% if title.__class__ %}x{% endif %}",
    "{% if cycler.__init__.__globals__.os.system('touch canary') %}x{% endif %}",
    "{{ written }}{{ title|written('<x>', '') }}",
    "{{ 0|rows_here }}",
    "{{ title|worded }}",
]
SLOW = [
    "{{ 9**(9**9) }}",
    "{{ 'a'*2000000000 }}",
    "{{ 'a'.center(2000000000) }}",
    "{{ '%02000000000d' % 1 }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in sections %}{% for b in sections %}x{% endfor %}{% endfor %}",
    "{{ " + "(" * 200 + "title" + ")" * 200 + " }}",
    "{{ " + "not " * 20_000 + "title }}",
    "{{ " + "(" * 20_000 + " }}",
    "{% if title %}" * 1_500,
    "{{ title }}" * 3_000,
    "{{" * 20_000,
    "{%" * 20_000,
]


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40 and len(PLACES) == 6


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_refused_in_each_of_the_six_places(tmp_path: Path, payload: str) -> None:
    made = template(tmp_path / "t.docx", **dict.fromkeys(PLACES, [payload.replace("<", "&lt;")]))

    places = " ".join(problem.place for problem in check_template(str(made)))

    for named in (
        "в абзаце",
        "в таблице",
        "верхнем колонтитуле",
        "нижнем колонтитуле",
        "сноске",
        "свойствах",
    ):
        assert named in places


@pytest.mark.parametrize("at", range(len(PLACES)), ids=PLACES)
def test_payloads_that_were_never_checked_run_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config, at: int
) -> None:
    """Each payload in one of the places, each place with its share of them; `--full` puts all into all."""
    monkeypatch.chdir(tmp_path)
    place, every = list(PLACES)[at], 1 if pytestconfig.getoption("--full") else len(PLACES)
    made = template(tmp_path / "t.docx", **{place: ["@payload@"]})
    member = next(name for name in parts_of(made) if "@payload@" in text_of(made, name))
    present = "@payload@"
    for payload in PAYLOADS[:48][at % every :: every]:
        wanted = payload.replace("<", "&lt;")
        change(made, {member: lambda xml, old=present, new=wanted: xml.replace(old, new)})
        present = wanted
        with contextlib.suppress(Refusal):
            render_report(str(made), report(), str(tmp_path / "out.docx"))

    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize("payload", SLOW, ids=range(len(SLOW)))
def test_a_slow_template_is_answered_within_ten_seconds(tmp_path: Path, payload: str) -> None:
    made = template(tmp_path / "t.docx", body=[payload], property=[payload[:200]])

    began = time.monotonic()
    try:
        problems: object = check_limited(made)
    except Refusal as refusal:
        problems = refusal

    assert problems
    assert time.monotonic() - began <= 11


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ("word/comments.xml", "<w:comments xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
         "<w:comment><w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p></w:comment></w:comments>"),
        ("docProps/custom.xml", "<Properties><property><lpwstr>{{ title }}</lpwstr></property></Properties>"),
        ("docProps/custom.xml", "<Properties name='{{ title }}'/>"),
        ("word/charts/chart1.xml", "<chart>{<b/>{ title }}</chart>"),
    ],
)  # fmt: skip
def test_a_tag_in_a_part_that_is_not_filled_is_refused(tmp_path: Path, member: str, text: str) -> None:
    made = change(template(tmp_path / "t.docx"), {member: lambda _: text})

    (problem,) = check_template(str(made))

    assert member in problem.sentence and "не заполняются" in problem.sentence


@pytest.mark.parametrize(
    "hidden", ["<!-- {{ cycler }} -->", "<w:bookmarkStart w:id='1' w:name='{{ cycler }}'/>"]
)
def test_a_tag_hidden_in_markup_is_refused(tmp_path: Path, hidden: str) -> None:
    made = change(
        template(tmp_path / "t.docx"),
        {"word/document.xml": lambda xml: xml.replace("<w:body>", f"<w:body>{hidden}")},
    )

    assert check_template(str(made))


@pytest.mark.parametrize("middle", ["</w:t></w:r> <w:r><w:t>", "</w:t></w:r>\n<!-- --><w:r><w:t>", "&#123;"])
def test_a_tag_put_together_from_pieces_is_seen(tmp_path: Path, middle: str) -> None:
    braces = "&#123;&#123;" if middle.startswith("&") else "{" + middle + "{"
    made = template(
        tmp_path / "t.docx", body=["@ cycler }}"], header=["@ cycler }}"], footnote=["@ cycler }}"]
    )
    for name in ("word/document.xml", "word/header1.xml", "word/footnotes.xml"):
        change(made, {name: lambda xml: xml.replace("@", braces)})

    assert len(check_template(str(made))) >= 3


@pytest.mark.parametrize(
    ("member", "text", "said"),
    [
        ("word/vbaProject.bin", "x", "макросы"),
        ("word/embeddings/oleObject1.bin", "x", "внедрённый объект"),
        ("word/activeX/activeX1.xml", "<x/>", "ActiveX"),
        ("word/afchunk.htm", "<x/>", "вложенный документ"),
        ("word/x.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "необычно"),
        ("word/x.xml", "<x><?run me?></x>", "необычно"),
        ("word/x.xml", "<x><y></x>", "испорчена"),
        ("../x.xml", "<x/>", "необычно"),
        ("/etc/x.xml", "<x/>", "необычно"),
    ],
)  # fmt: skip
def test_what_does_not_belong_into_a_template_is_refused(
    tmp_path: Path, member: str, text: str, said: str
) -> None:
    made = change(template(tmp_path / "t.docx"), {member: lambda _: text})

    with pytest.raises(Refusal, match=said):
        check_template(str(made))


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ('<w:altChunk r:id="rId1"/>', "внедрённый объект"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "внедрённый объект"),
        ('<w:p><w:fldSimple w:instr="INCLUDETEXT c:/x"/></w:p>', "INCLUDETEXT"),
        (
            "<w:p><w:r><w:instrText>DDE</w:instrText><w:instrText>AUTO x</w:instrText></w:r></w:p>",
            "DDEAUTO",
        ),
    ],
)
def test_what_fetches_or_embeds_is_refused(tmp_path: Path, element: str, said: str) -> None:
    made = change(
        template(tmp_path / "t.docx"),
        {"word/document.xml": lambda xml: xml.replace("<w:sectPr", element + "<w:sectPr", 1)},
    )

    with pytest.raises(Refusal, match=said):
        check_template(str(made))


@pytest.mark.parametrize("kind", ["hyperlink", "attachedTemplate", "image", "oleObject", "aFChunk", "frame"])
def test_a_relationship_that_leads_outside_is_refused(tmp_path: Path, kind: str) -> None:
    target = 'Target="https://example.org/x" TargetMode="External"'
    link = f'<Relationship Id="rId77" Type="http://x/{kind}" {target}/>'
    made = change(
        template(tmp_path / "t.docx"),
        {
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                "</Relationships>", link + "</Relationships>"
            )
        },
    )

    with pytest.raises(Refusal, match="внешняя ссылка"):
        check_template(str(made))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"{}"])
def test_what_is_not_a_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.docx").write_bytes(content)

    with pytest.raises(Refusal, match="не документ Word"):
        check_template(str(tmp_path / "t.docx"))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    made = change(
        template(tmp_path / "t.docx"), {"word/bomb.xml": lambda _: "<x>" + " " * (6 << 20) + "</x>"}
    )

    with pytest.raises(Refusal):
        check_template(str(made))
