"""The Snowball stem of a Russian word: «рейдов», «рейды» and «рейда» are one."""

import threading

import Stemmer

_own = threading.local()


class _Stems(dict[str, str]):
    """Word → stem; found once. A stemmer belongs to its thread."""

    def __missing__(self, word: str) -> str:
        if not hasattr(_own, "stemmer"):
            _own.stemmer = Stemmer.Stemmer("russian", 0)
        self[word] = stem = str(_own.stemmer.stemWord(word))
        return stem


#: Lower-case word without hyphens or digits → its stem.
STEMS = _Stems()
