"""The types of files that are taken, and the sentences with which others are sent away."""

from dataclasses import dataclass
from enum import Enum

from core.errors import sentence

WRONG_TYPE = sentence("Файл «{name}» не подходит. Можно PDF, Word, Excel, фото.")
BROKEN = sentence("Файл «{name}» повреждён и не открывается. Сохраните его заново и выберите снова.")
LOCKED = sentence("Файл «{name}» защищён паролем. Снимите защиту и выберите его снова.")
SWOLLEN = sentence(
    "Файл «{name}» распаковывается в слишком большой объём. Сохраните его как PDF и выберите снова."
)
MACROS = sentence(
    "Файл «{name}» содержит макросы. Сохраните его без них, как .docx или .xlsx, и выберите снова."
)
HUGE = "Картинка «{name}» слишком велика: {size} млн точек, можно до {limit}. Уменьшите её и выберите снова."


class FileType(Enum):
    """A type of file: its media type and the extensions it goes by, the usual one first."""

    PDF = ("application/pdf", ("pdf",))
    DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
    ODT = ("application/vnd.oasis.opendocument.text", ("odt",))
    ODS = ("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
    DOC = ("application/msword", ("doc", "dot"))
    XLS = ("application/vnd.ms-excel", ("xls", "xlt"))
    RTF = ("application/rtf", ("rtf", "doc"))
    JPEG = ("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
    PNG = ("image/png", ("png",))
    TIFF = ("image/tiff", ("tif", "tiff"))
    HEIC = ("image/heic", ("heic", "heif"))
    SIGNATURE = ("application/pkcs7-signature", ("sig", "p7s", "sgn"))

    def __init__(self, media: str, extensions: tuple[str, ...]) -> None:
        self.media, self.extensions = media, extensions


@dataclass(frozen=True)
class Found:
    """What a file turned out to be, and how many pages it has where that is known."""

    type: FileType
    pages: int | None = None


#: Every type by its media type: the whole of what may be stored and served.
TYPES = {kind.media: kind for kind in FileType}

#: For <input accept>; the content decides, this only helps the dialog.
ACCEPTED = ",".join(f".{extension}" for kind in FileType for extension in kind.extensions)
