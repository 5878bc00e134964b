"""A Common Transfer File as XML: UTF-8, no namespace, no empty element (domain reference, 2.4)."""

from collections.abc import Iterable
from typing import Any

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

type Values = Iterable[tuple[str, str]]
"""Values in the order of the file, each with its path: ``Contacts/Contact[2]/Surname``."""


def ctf_bytes(header: Values, pupils: Iterable[Values]) -> bytes:
    """The file of a header and these pupils. The order is the caller's; an element without a value is not there."""
    from lxml import etree

    root = etree.Element("CTfile")
    _grow(etree.SubElement(root, "Header"), header, etree.SubElement)
    pupil_data = etree.SubElement(root, "CTFpupilData")
    for values in pupils:
        _grow(etree.SubElement(pupil_data, "Pupil"), values, etree.SubElement)
    xml: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True)
    return _DECLARATION + xml


def _grow(top: Any, values: Values, add: Any) -> None:
    """The elements of these paths under one."""
    elements = {"": top}
    for path, value in values:
        parent_path, _slash, name = path.rpartition("/")
        parent = elements.get(parent_path)
        if parent is None:
            parent = _element_of(parent_path, elements, add)
        add(parent, name.partition("[")[0]).text = value


def _element_of(path: str, elements: dict[str, Any], add: Any) -> Any:
    """The element of a path, made with those that it is in if it is not there yet."""
    if path not in elements:
        parent_path, _slash, name = path.rpartition("/")
        elements[path] = add(_element_of(parent_path, elements, add), name.partition("[")[0])
    return elements[path]
