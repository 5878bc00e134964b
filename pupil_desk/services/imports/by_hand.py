"""What a file says that no word for the whole of it takes: a part of an address, another day on which a stay began. A person picks it in its row."""

from collections.abc import Iterable, Iterator

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.services.imports.kinds import Difference


def why_by_hand(difference: Difference) -> str:
    """Why what is held stays unless a person picks the file's word, as a part of a sentence; by what the address is another one, if it is one."""
    if difference.why or difference.lines is None:
        return difference.why
    if difference.other == {"postcode"}:
        has_first_line = difference.lines["address_1"]
        return (
            _("the file has another postcode, with the first line held here")
            if has_first_line
            else _("the file has another postcode alone")
        )
    if difference.other == {"address_1"}:
        has_postcode = difference.lines["postcode"]
        return (
            _("the file has another first line, or this one spelt otherwise, with the postcode held here")
            if has_postcode
            else _("the file has another first line, or this one spelt otherwise, and no postcode")
        )
    return _("the file has another address, and not all of it")


def parts_of_addresses(differences: Iterable[Difference]) -> Iterator[Problem]:
    """The warning about each address that a file tells otherwise, and not all of it."""
    for difference in differences:
        if difference.by_hand and difference.lines is not None:
            words = _("{why}: {lines}. The address held here stays unless you take the file’s in its place.").format(
                why=capital(why_by_hand(difference)), lines=difference.new
            )
            lost = _("Then this is empty: {lines}.").format(lines=join_words(difference.lost)) if difference.lost else ""
            yield Problem.warning(difference.column, "part_of_address", " ".join(filter(None, (words, lost))))
