"""Where the public pages lead: within the running site, or within the folder of a static export."""

from dataclasses import dataclass
from pathlib import Path

from reports.models import Publication


@dataclass(frozen=True)
class Links:
    """Addresses of everything public. `root` is where the list lies, as the page that links sees it."""

    root: str
    style: str
    index: str
    ending: str = ""

    def page(self, each: Publication) -> str:
        return f"{self.root}{each.id}{self.ending}"

    def absolute(self, address: str, each: Publication) -> str:
        return f"{address.rstrip('/')}/{each.id}{self.ending}"

    def docx(self, each: Publication) -> str:
        return f"{self.root}{each.id}/report.docx"

    def csv(self, each: Publication) -> str:
        return f"{self.root}{each.id}/data.csv"

    def json(self, each: Publication) -> str:
        return f"{self.root}{each.id}/data.json"

    def document(self, each: Publication, number: int) -> str:
        name = str(each.documents[number - 1]["file"])
        return f"{self.root}{each.id}/documents/{number}{Path(name).suffix if self.ending else ''}"

    @property
    def schema(self) -> str:
        return f"{self.root}schema.json"

    @property
    def feed(self) -> str:
        return f"{self.root}feed.xml"


#: The list stands at /open, everything else below it.
LIVE = Links("/open/", "/static/open.css", "/open")
