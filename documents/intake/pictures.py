"""Photographs and scans: the size is checked by the header before a single point is decoded."""

from pathlib import Path

from core.errors import TooLarge, Unreadable
from documents.intake.types import BROKEN, HUGE, FileType, Found

MOST_POINTS = 100_000_000
MOST_FRAMES = 500
#: A progressive photo has about ten scans and each walks over all of its points.
MOST_SCANS, _SCAN = 100, b"\xff\xda"
_SMALL = (256, 256)
_SIGNS = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")


def type_of(start: bytes) -> FileType | None:
    """The type of picture that begins with `start`, or None."""
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS:
        return FileType.HEIC
    return next((kind for sign, kind in _SIGNS if start.startswith(sign)), None)


def inspect(path: str, name: str, kind: FileType) -> Found:
    """A picture of bearable size that decodes to its end. HEIC is taken by its signature alone."""
    if kind is FileType.HEIC:
        return Found(kind)
    if kind is FileType.JPEG and Path(path).read_bytes().count(_SCAN) > MOST_SCANS:
        raise Unreadable(BROKEN.format(name=name))
    try:
        return Found(kind, _decoded(path, name, kind))
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Unreadable(BROKEN.format(name=name)) from None


def _decoded(path: str, name: str, kind: FileType) -> int:
    """The number of frames, each checked and decoded; JPEG coarsely, which reads all of it as well."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit refuses where Pillow only warns
    with Image.open(Path(path), formats=[kind.name]) as image:
        frames = getattr(image, "n_frames", 1) if kind is FileType.TIFF else 1
        if frames > MOST_FRAMES:
            raise TooLarge(HUGE.format(name=name, size=frames, limit=MOST_FRAMES))
        for number in range(frames):
            image.seek(number)
            _check_size(image.size, name)
            image.draft("RGB", _SMALL)
            image.load()
        return frames


def _check_size(size: tuple[int, int], name: str) -> None:
    points = size[0] * size[1]
    if points > MOST_POINTS:
        millions = {"size": -(-points // 10**6), "limit": MOST_POINTS // 10**6}
        raise TooLarge(HUGE.format(name=name, **millions))
