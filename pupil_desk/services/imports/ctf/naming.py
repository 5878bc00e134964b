"""The name that a transfer file must have: sender, CTF, destination and a number of three digits (domain reference, 2.3)."""

import re
from typing import NamedTuple

_NAME = r"\d{3}(?:\d{4}|LLLL)_CTF_(?:\d{7}|\d{3}LLLL|X{7}|M{7})_\d{3}"
_WHOLE = re.compile(_NAME + r"\.xml", re.IGNORECASE | re.ASCII)
_WITHIN = re.compile(_NAME, re.IGNORECASE | re.ASCII)
_OF_ANOTHER = re.compile(
    r"\d{3}(?:\d{4}|LLLL)_(?P<type>[A-Z][A-Z0-9]{1,5})_(?P<destination>[A-Z0-9]{7})_\d{3}\.xml", re.IGNORECASE | re.ASCII
)
_OF_DFE = "ctf.xml"  # the neighbour’s own name for every file that it writes
EXAMPLE = "9194003_CTF_9191100_001.xml"


def right_name(name: str) -> bool:
    """Whether a file is named as a transfer file is, or as DfE’s Get information about pupils names its own; capitals make no difference."""
    return _WHOLE.fullmatch(name) is not None or name.lower() == _OF_DFE


class OtherType(NamedTuple):
    """What the name of a file of another type says: the type, such as FSP, and to whom it is written."""

    type: str
    destination: str


def other_type(name: str) -> OtherType | None:
    """The type of a file that is named as such files are and is no transfer file, such as FSP for results of the foundation stage; else None."""
    match = _OF_ANOTHER.fullmatch(name)
    return OtherType(match["type"].upper(), match["destination"].upper()) if match and match["type"].upper() != "CTF" else None


def meant_name(name: str) -> str | None:
    """The name that a browser or a person changed, such as by «(1)»; None where none can be told from it."""
    match = _WITHIN.search(name)
    return f"{match[0].upper()}.xml" if match else None


def named_as_ctf(name: str) -> bool:
    """Whether a name says that a file is a transfer file, whatever is in it."""
    return name.lower().endswith(".xml") or "_CTF_" in name.upper()
