"""The text of any file that comes in, page by page, read or recognised, each word with its place.

`text_of` gives all pages of a file at once, `pages_of` as they finish. With a `PageCache` a run that was
killed goes on where it stopped. Needs no database.
"""

from documents.extraction.cache import DirectoryCache, NoCache, PageCache, PageKey
from documents.extraction.pages import Extracted, ExtractedPage, Word
from documents.extraction.reading import page_count, pages_of, text_of
from documents.extraction.recognition import LOW_CONFIDENCE
from documents.extraction.tesseract import RecognitionOff, engine_version, is_recognition_possible

__all__ = [
    "LOW_CONFIDENCE",
    "DirectoryCache",
    "Extracted",
    "ExtractedPage",
    "NoCache",
    "PageCache",
    "PageKey",
    "RecognitionOff",
    "Word",
    "engine_version",
    "is_recognition_possible",
    "page_count",
    "pages_of",
    "text_of",
]
