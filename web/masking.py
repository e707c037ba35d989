"""Numbers as those may see them who need not know them whole."""

_SHOWN_SIGNS = 4


def masked_number(number: str) -> str:
    """``+7…0001``: the country and the end."""
    return f"{number[:2]}…{number[-_SHOWN_SIGNS:]}"
