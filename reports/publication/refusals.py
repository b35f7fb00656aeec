"""How the public pages say no."""

from core.errors import Refusal


class Withdrawn(Refusal):
    """It was public once and was taken back."""

    status = 410
