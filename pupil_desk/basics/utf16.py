"""How Qt counts letters: in units of UTF-16, of which a sign such as an emoji takes two."""


def length_in_units(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


def length_of_units(text: str, units: int) -> int:
    """How many characters the first so many of Qt's units of a text are."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
