"""Words typed on the wrong keyboard layout: «ghbrfp» is «приказ», «ьщщвду» is «moodle»."""

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_RUSSIAN, _TO_LATIN = str.maketrans(LATIN, RUSSIAN), str.maketrans(RUSSIAN, LATIN)


def other_layout(text: str) -> str:
    """What the same keys give on the other layout; empty when the text mixes both or has no letters."""
    lowered = text.lower()
    letters = [sign for sign in lowered if sign.isalpha()]
    if letters and all(sign in LATIN for sign in letters):
        return lowered.translate(_TO_RUSSIAN)
    if letters and all(sign in RUSSIAN for sign in letters):
        return lowered.translate(_TO_LATIN)
    return ""
