"""One pupil, by the identity that the program knows or by the number that somebody typed; and the one refusal where there is none."""

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import pupils


class NoSuchPupil(WrongUse):
    """No pupil on file is meant. ``number`` is what was typed; empty where the program itself named a pupil who has gone meanwhile."""

    def __init__(self, number: str = "") -> None:
        super().__init__(
            _("There is no pupil with the number «{number}». Look it up in the list of pupils.").format(number=number)
            if number
            else _("That pupil is no longer on file. Look at the list again.")
        )


def pupil_of(vault: Vault, pupil_id: str) -> Pupil:
    """The pupil of an identity; of a record that stands for another, the one kept. Raises NoSuchPupil."""
    pupil = pupils.get(vault, pupil_id)
    if pupil is None:
        raise NoSuchPupil
    return pupil


def numbered(vault: Vault, text: str) -> Pupil:
    """The pupil whom a UPN or a reference of ours names, however it is spaced and spelt. Raises NoSuchPupil, with the number as typed."""
    pupil = pupils.by_number(vault, "".join(text.split()).upper())
    if pupil is None:
        raise NoSuchPupil(text.strip() or "?")
    return pupil
