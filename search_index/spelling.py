"""Words one slip of the finger away: a letter too many, too few, another one, or two swapped."""

from collections.abc import Iterator

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def slips(word: str) -> Iterator[str]:
    """Everything that one slip makes of `word`, each once; the word itself is not among them."""
    return iter(dict.fromkeys(other for other in _slips(word) if other != word))


def _slips(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in LETTERS)
        yield from (before + letter + after for letter in LETTERS)


def is_correctable(word: str) -> bool:
    """Whether a slip is worth looking for: a Russian word of four letters or more."""
    return len(word) >= 4 and all(letter in LETTERS for letter in word)
