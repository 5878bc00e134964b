"""Whether a unit's live file may lie at a path of this PC, and what people are told where it may not."""

from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.pc.placement import LONGEST_NAME, Objection, objection_of
from pupil_desk.basics.pc.placement_facts import facts_of
from pupil_desk.basics.places import home_of_data
from pupil_desk.basics.words import _


def objection_to(path: Path) -> Objection | None:
    """Why a unit's live file may not be at this path; None if it may. The file need not be there yet."""
    return objection_of(facts_of(path))


def require_good(path: Path, *, new: bool = False) -> None:
    """Raises WrongUse, saying why and what to do, where a unit's live file may not be. Changes nothing."""
    objection = objection_to(path)
    if objection is not None:
        raise WrongUse(sentence(objection, path, new=new))


def reason(objection: Objection, path: Path) -> str:
    """What is wrong with the place, for people."""
    sentence = {
        Objection.REMOTE: _("{folder} is on the network, where two PCs could write the unit’s file at once and damage it."),
        Objection.REMOVABLE: _(
            "{folder} is on a stick or a drive that can be pulled out, which could damage the unit’s file and lose work."
        ),
        Objection.DISC: _("{folder} is on a disc, where the unit’s file cannot be changed."),
        Objection.SUBSTITUTED: _("{folder} is on a drive letter that only stands for a folder, and it may be gone tomorrow."),
        Objection.SYNCHRONISED: _(
            "{folder} is copied to other computers or to the internet by a program such as OneDrive or Dropbox, which could damage the unit’s file and take the records out of the building."
        ),
        Objection.CLOUD_ONLY: _("{folder} is kept on the internet, and only fetched to this PC when it is used."),
        Objection.LINK: _("{folder} is reached by a link, and it cannot be told where that leads."),
        Objection.BAD_NAME: _(
            "A unit’s file cannot have the name {name}. It must have {longest} characters or fewer, not end in a dot or a blank, and be no name that Windows keeps for itself, such as CON or COM1."
        ),
    }[objection]
    return sentence.format(folder=path.parent, name=path.name, longest=LONGEST_NAME)


def sentence(objection: Objection, path: Path, *, new: bool = False) -> str:
    """What is wrong with the place, and what to do, for people. ``new``: a file is to be made there, not opened."""
    if not new and path.is_file():
        todo = _("Open it in the window, which offers to move it to {home}.")
    elif objection is Objection.BAD_NAME:
        todo = _("Choose another name, such as unit.pupildesk.")
    else:
        todo = _("Choose a folder on this PC’s own disk, such as {home}.")
    return f"{reason(objection, path)} {todo.format(home=home_of_data())}"
