"""Money: a sum in pounds as a person writes it, read to the penny, and as it is shown. Kept as it was written, never as a binary fraction."""

import re
from decimal import Decimal

from pupil_desk.basics.text import tidy

_PRICE = re.compile(r"£?\s*(\d{1,3}(?:,?\d{3})?)(\.\d{1,2})?", re.ASCII)


def price_of(price: str | None) -> Decimal | None:
    """A sum in pounds; None for none. Raises ValueError for what is no sum, or more than 999,999.99."""
    if not tidy(price or ""):
        return None
    matched = _PRICE.fullmatch(tidy(price or ""))
    if matched is None:
        raise ValueError(price)
    return Decimal(matched[1].replace(",", "") + (matched[2] or ""))


def pounds(amount: Decimal) -> str:
    """«£1,425.00»."""
    return f"£{amount:,.2f}"
