"""Everything of a document but its streamed rows, rendered by docxtpl with the steps replaced that lose text.

What is replaced, and why (design/reliability.md E1 and E2): values are placed with the breaks of their
place instead of being cut at control characters; `{_{` in a value stays what it is; the result is parsed
strictly, never repaired; properties are not escaped twice, hold any length and carry no dates.
"""

import io
import zipfile
from typing import Any, Protocol

from docxtpl import DocxTemplate
from jinja2 import meta, nodes
from lxml import etree

from documents.filling.row_text import W
from documents.filling.sandbox import WORDED, PlainSandbox
from documents.filling.slots import Mounter

_NOTES = (".wordprocessingml.footnotes+xml", ".wordprocessingml.endnotes+xml")
_DATES = ("created", "modified", "lastPrinted")


class Content(Protocol):
    """What is filled in: plain fields and lists, and further lists for whoever names them."""

    header: dict[str, Any]

    def beside(self, names: set[str]) -> dict[str, Any]:
        """Of the lists that are not in `header` those that are named, in memory."""


class Plain:
    """Content that is all in its header."""

    def __init__(self, header: dict[str, Any]) -> None:
        self.header = header

    def beside(self, names: set[str]) -> dict[str, Any]:
        return {}


class Skeleton(DocxTemplate):  # type: ignore[misc]
    """A template being filled from `source`.

    Loops of the body over the list named by `streamed` are left for their rows. After `filled`, `loops` are
    those loops, `traces` what each part printed (by part name) and `properties` the texts of the document's
    properties.
    """

    def __init__(self, template: str, source: Content, *, streamed: str = "") -> None:
        super().__init__(template)
        self.source = source
        self.streamed = streamed
        self.sandbox = PlainSandbox()
        self.loops: list[nodes.For] = []
        self.traces: dict[str, list[str | int]] = {}
        self.properties: list[str] = []
        self.namespaces: dict[str, str] = {}

    @property
    def document(self) -> str:
        """The member that holds the body; some editors do not call it word/document.xml."""
        return str(self.docx.part.partname).lstrip("/")

    def filled(self) -> dict[str, bytes]:
        """Every member of the document by name, in the order of the file."""
        self.render(dict(self.source.header))
        self.namespaces = {prefix: uri for prefix, uri in self.docx._element.nsmap.items() if prefix}
        held = io.BytesIO()
        self.docx.save(held)
        with zipfile.ZipFile(held) as members:
            return {name: members.read(name) for name in members.namelist()}

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        name = str(part.partname)
        self.sandbox.trace = self.traces.setdefault(name, [])
        tree = self.sandbox.parse(src_xml)
        self._mount(tree, streamed=self.streamed if name == f"/{self.document}" else "")
        pieces = self.sandbox.compiled(tree, name)(self._context(tree, context))
        return "".join(pieces)

    def _mount(self, tree: nodes.Template, *, streamed: str) -> None:
        mounter = Mounter(self.sandbox, streamed=streamed)
        mounter.mount(tree)
        self.loops.extend(mounter.loops)

    def _context(self, tree: nodes.Template, context: dict[str, Any]) -> dict[str, Any]:
        """The header, and all rows in memory for a part that speaks of them outside a streamed loop."""
        return {**context, **self.source.beside(meta.find_undeclared_variables(tree))}

    def resolve_listing(self, xml: str) -> str:
        return xml

    def fix_tables(self, xml: str) -> Any:
        """docxtpl's, on XML known to be well-formed; tables that wait for their rows keep their columns."""
        strict = etree.fromstring(xml.encode())
        tree = super().fix_tables(xml)
        for table, original in zip(list(tree.iter(W + "tbl")), list(strict.iter(W + "tbl")), strict=True):
            if any(True for _ in original.iter(etree.PI)):
                table.replace(table.find(W + "tblGrid"), original.find(W + "tblGrid"))
        return tree

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Every text property with a tag is filled; the dates go: the same data gives the same file."""
        for element in list(self.docx.core_properties._element):
            if etree.QName(element).localname in _DATES:
                element.getparent().remove(element)
            elif element.text and "{" in element.text:
                element.text = self._property(element.text, context)

    def _property(self, source: str, context: dict[str, Any]) -> str:
        self.sandbox.trace = []
        tree = self.sandbox.parse(source)
        for output in tree.find_all(nodes.Output):
            output.nodes = [self._worded(each) for each in output.nodes]
        text = "".join(self.sandbox.compiled(tree, "property")(self._context(tree, context)))
        self.properties.append(text)
        return text

    def _worded(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            return node
        made = nodes.Filter(node, WORDED, [], [], None, None, lineno=1)
        made.set_environment(self.sandbox)
        return made

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Footnotes and endnotes, each once: docxtpl fills them again for every section of the document."""
        for part in list(self.docx.part.package.iter_parts()):
            if part.content_type.endswith(_NOTES):
                xml = self.patch_xml(part.blob.decode("utf-8"))
                part._blob = self.render_xml_part(xml, part, context).encode()
