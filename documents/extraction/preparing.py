"""Takes a hostile file apart. Runs in the limited subprocess only; arguments and answers are plain data.

A page that has a text is answered as it is; a page that has to be recognised is drawn as a grey picture
without any format of its own (PGM), upright as far as the skew goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import TooLarge, Unreadable, sentence
from documents import intake
from documents.extraction import layer, office
from documents.extraction.pages import ExtractedPage
from documents.extraction.paper import whitened
from documents.extraction.uprightness import skew_of, turned
from documents.intake.types import FileType

DPI = 200
MOST_PAGES = 5_000
# An A4 page at 200 dpi is 2339 points high. Photos are brought near to that, small ones are enlarged.
LARGEST, SMALLEST = 3_600, 1_400
# A page with less ink than this share (one full stop on A4) is blank.
BLANK = 0.00002
_INK = 128
_LONG = sentence("В файле больше 5000 страниц. Разделите его на части.")
_NO_PAGE = sentence("Такой страницы в файле нет.")
_PICTURES = (FileType.JPEG.media, FileType.PNG.media, FileType.TIFF.media)
_TEXT = "text/plain"


def overview(path: str) -> dict[str, Any]:
    """{"media_type", "pages"} of a file; `pages` is None for files without pages of their own.

    Raises Unreadable or TooLarge when the file cannot be taken.
    """
    found = _inspected(path)
    media, pages = found["media_type"], found["pages"]
    if media in (FileType.PDF.media, *_PICTURES):
        if pages is not None and pages > MOST_PAGES:
            raise TooLarge(_LONG)
        return {"media_type": media, "pages": pages or 1}
    return {"media_type": media, "pages": None}


def _inspected(path: str) -> dict[str, Any]:
    try:
        return intake.inspect(path, Path(path).name)
    except Unreadable:
        # The door takes no plain text; a file of words is no harm here.
        if office.is_plain(path):
            return {"media_type": _TEXT, "pages": None}
        raise


def whole(path: str, media_type: str) -> list[dict[str, Any]]:
    """The text of a file without pages of its own: one page, or one per sheet of a workbook."""
    texts = office.texts_of(path, media_type)
    return [ExtractedPage(number, text).as_plain() for number, text in enumerate(texts, 1)]


def prepare(path: str, media_type: str, numbers: list[int], folder: str) -> list[dict[str, Any]]:
    """Each page as {"page": …} when it has a text or is blank, else with the picture to recognise:
    {"page": …, "picture": the name of a file in `folder`, "dpi": its resolution}.
    """
    make = _of_pdf if media_type == FileType.PDF.media else _of_picture
    return make(path, numbers, Path(folder))


def _of_pdf(path: str, numbers: list[int], folder: Path) -> list[dict[str, Any]]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        if max(numbers) > len(document):
            raise Unreadable(_NO_PAGE)
        return [_pdf_page(document[number - 1], number, folder) for number in numbers]


def _pdf_page(page: Any, number: int, folder: Path) -> dict[str, Any]:
    read = layer.read(page, number)
    if not read.fault:
        return {"page": read.as_plain()}
    scale = min(DPI / 72, 2 * LARGEST / max(read.width, read.height, 1.0))
    picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return _drawn(picture, read, folder, dpi=round(scale * 72))


def _of_picture(path: str, numbers: list[int], folder: Path) -> list[dict[str, Any]]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the guard at the door has measured it
    made = []
    with Image.open(Path(path), formats=["JPEG", "PNG", "TIFF"]) as image:
        for number in numbers:
            image.seek(number - 1)
            grey = ImageOps.exif_transpose(_on_paper(image)).convert("L")
            dpi = _dpi(image, grey.size)
            width, height = (side * 72 / dpi for side in grey.size)
            scaled = _scaled(grey)
            page = ExtractedPage(number, "", "ocr", width=width, height=height, fault="empty")
            made.append(_drawn(scaled, page, folder, dpi=round(dpi * scaled.width / grey.width)))
    return made


def _on_paper(image: Any) -> Any:
    """The picture with white under what is transparent; its data on how it was held stays with it."""
    from PIL import Image

    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    paper.info.update(image.info)
    return paper


def _dpi(image: Any, size: tuple[int, int]) -> float:
    """The resolution which the file states, when an office page would be of a sensible size by it."""
    stated = image.info.get("dpi", (0, 0))[0]
    if stated and 5 < max(size) / float(stated) < 40:
        return float(stated)
    return max(size) / 11.69


def _scaled(picture: Any) -> Any:
    largest = max(picture.size)
    factor = LARGEST / largest if largest > LARGEST else SMALLEST / largest if largest < SMALLEST else 1.0
    if factor == 1.0:
        return picture
    return picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))))


def _drawn(picture: Any, page: ExtractedPage, folder: Path, *, dpi: int) -> dict[str, Any]:
    plain = {**page.as_plain(), "text": "", "words": [], "way": "ocr"}
    if _is_blank(picture):
        return {"page": plain}
    plain["skew"] = skew_of(picture)
    name = f"page-{page.number}.pgm"
    turned(whitened(picture), 0, plain["skew"]).save(folder / name, "PPM")
    return {"page": plain, "picture": name, "dpi": dpi, "size": list(picture.size)}


def _is_blank(picture: Any) -> bool:
    dark = sum(picture.histogram()[:_INK])
    return bool(dark < max(4, BLANK * picture.width * picture.height))


def upright(path: str, rotation: int, out: str) -> dict[str, float]:
    """Turn one of our own pictures by quarters and level it anew: {"skew"}."""
    from PIL import Image

    with Image.open(path, formats=["PPM"]) as picture:
        quarter = turned(picture, rotation, 0.0)
        skew = skew_of(quarter)
        turned(quarter, 0, skew).save(out, "PPM")
        return {"skew": skew}
