"""A girl, her mother elsewhere, her brother and a boy who are pupils too, what was written of them, and those who may read which of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.pack import PackBegun, PlaceVerdict
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.packs import compiling, deciding
from pupil_desk.services.packs.content import Compiled, MarkedPlace
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import standings
from pupil_desk.store.tables import contacts
from tests.services.exports.made import DAY, MOMENT, Unit

TEXT = "Tyrone Penn pushed Bea’s chair. Mrs Penn rang; T. Penn said sorry. Adam Quill saw it, and told Ann Officer.\nBea will not sit by TYRONE."
SECRET = "She said that Tyrone Penn frightens her"


@dataclass
class Scene:
    """The officer compiles, the lead is named to read restricted notes."""

    unit: Unit
    bea: Pupil
    mother: Contact
    lead: Desk

    @property
    def officer(self) -> Desk:
        return self.unit.desk

    def begin(self, asker: str = "Ann Quill") -> PackBegun:
        return deciding.begin(self.officer, self.bea.id, asker)

    def compiled(self, pack: PackBegun) -> Compiled:
        return compiling.compiled(self.officer, pack.id)

    def all_as_proposed(self, pack: PackBegun) -> Compiled:
        made = deciding.accept(self.officer, self.compiled(pack))
        for paper in made.papers:
            made = deciding.decide_paper(self.officer, made, paper.id, is_given=paper.proposed)
        return deciding.tick(self.officer, made, made.unticked)

    def add_secret(self, text: str = SECRET) -> None:
        notes.add(self.officer, Note(pupil_id=self.bea.id, category="safeguarding", text=text, day=DAY))

    def add_paper(self, title: str, words: str) -> None:
        looked = attachments.look_into(words.encode(), "paper.txt")
        attachments.add(self.officer, Attachment(pupil_id=self.bea.id, title=title, kind="letter"), looked)


def scene_in(unit: Unit) -> Scene:
    """The scene, in a unit without pupils."""
    bea = unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Mill Lane", postcode="SG4 7ZZ", phone="01632 960555")
    mother = unit.contact(
        bea,
        "Quill",
        forename="Ann",
        title="Mrs",
        parental_responsibility=True,
        lives_with=False,
        phone="01632 960101",
        address_1="9 Far Row",
        town="Otherby",
    )
    unit.contact(bea, "Ash", forename="Nora", parental_responsibility=True, lives_with=True, mobile="07700 900123")
    unit.contact(unit.pupil("Penn", "Tyrone", date(2011, 2, 3)), "Penn", forename="Ida", parental_responsibility=True)
    unit.pupil("Quill", "Adam", date(2010, 7, 8))
    notes.add(unit.desk, Note(pupil_id=bea.id, category="behaviour", text=TEXT, day=DAY))
    lead = unit.as_role(Role.ASSISTANT_HEAD)
    with unit.desk.vault.transaction():  # the log tells of them, so that they are still a user when the scene is opened again
        unit.desk.append(MOMENT, Action.MANAGE_USERS, "staff", lead.user.id, f"{standings.ADDED} {lead.user.role.value}")
    readers.set_reader(unit.desk, lead.user, may=True, reason="Designated safeguarding lead")
    return Scene(unit, bea, mother, lead)


def scene_again(unit: Unit) -> Scene:
    """The scene of a unit that ``scene_in`` filled."""
    bea = pupils.by_number(unit.desk, "P0001")
    mother = next(one for one in contacts.of_pupil(unit.desk.vault, bea.id) if one.forename == "Ann")
    return Scene(unit, bea, mother, unit.as_role(Role.ASSISTANT_HEAD))


def of_text(made: Compiled) -> list[MarkedPlace]:
    """The marks of the note."""
    return [mark for mark in made.marks if (mark.place.section, mark.place.field) == ("notes", "text")]


def by_words(made: Compiled) -> dict[str, PlaceVerdict | None]:
    """What is said of each mark of the note."""
    return {mark.words: mark.said for mark in of_text(made)}


def read_back(folder: Path) -> list[str]:
    """The names of the files there, in order."""
    return sorted(path.name for path in folder.iterdir())
