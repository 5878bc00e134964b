"""A unit and families whose names and addresses are as long as real ones get, and their papers."""

import itertools
import re
import subprocess
from datetime import date
from pathlib import Path

from pupil_desk.documents.blocks import Block, Heading, Keep, Para, runs_of, words_of
from pupil_desk.documents.papers import notice
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.notices import notice_text

LONG = UnitSettings(
    name="North Larkshire Education Support Centre",
    la="919",
    estab="1100",
    kind="pru",
    address_1="The Old Grammar School Building",
    address_2="142 Great Northern Road",
    town="Wymondley-under-Larkfield",
    postcode="SG4 7ZZ",
    phone="01632 960 0142",
    email="office@north-larkshire-esc.example.org",
    controller="Larkshire County Council",
    head="Margaret Featherstonehaugh",
    choices_contact="Christopher Abernathy-Jones",
    choices_role="Assistant head",
    copy_contact="Philippa Wetherington-Cole",
    copy_role="Data officer",
    dpo="Alexandra Throckmorton-Hughes",
    dpo_email="data.protection@larkshire-schools.example.org",
    dpo_phone="01632 960 0188",
    authority="Larkshire County Council",
    authority_page="https://www.larkshire.example.org/schools-and-learning/privacy/pupils",
    youth_service="Services for Young People Larkshire",
    youth_service_page="https://www.servicesforyoungpeople.example.org/larkshire/about-us",
)

_HOME = {
    "address_1": "27 Upper Wymondley High Street",
    "locality": "Great Wymondley",
    "town": "Wymondley-under-Larkfield",
    "county": "Larkshire",
    "postcode": "SG4 7HA",
}
PUPIL = Pupil(id="p", ref="P0001", surname="Okonkwo-Featherstone", forename="Alexandrina", dob=date(2012, 9, 27), **_HOME)
HOLDERS = (
    Contact(id="a", pupil_id="p", title="Mrs", forename="Genevieve", surname="Okonkwo-Featherstone", relationship="PAM",
            parental_responsibility=True, lives_with=True),
    Contact(id="b", pupil_id="p", title="Mr", forename="Bartholomew", surname="Okonkwo-Featherstone", relationship="PAF",
            parental_responsibility=True, lives_with=True),
)  # fmt: skip
LETTER = Letter(pupil=PUPIL, contacts=HOLDERS, address=PUPIL.address_lines)


def notice_story(settings: UnitSettings = LONG, letter: Letter | None = LETTER) -> list[Block]:
    """The notice as it is given to a household; to nobody, without the letter."""
    filling = notice_text.filling_of(settings, date(2026, 9, 1))
    envelope = None
    if letter is not None:
        envelope = Envelope.of(letter, settings, date(2026, 9, 1))
    front = notice.addressed(notice.front_part(notice_text.prose(), filling), envelope)
    return notice.full_notice(front, notice.tables(notice_text.annex_of(settings, date(2026, 9, 1)), filling))


def told_in(annex: notice.Annex) -> dict[str, dict[str, str]]:
    """What the printed notice says that each recipient receives: by the recipient's heading, the words under each category."""
    found: dict[str, dict[str, str]] = {}
    for block in notice.annex_part(annex):
        if isinstance(block, Keep):
            head, *paras = block.blocks
            assert isinstance(head, Heading)
            runs = [run for para in paras if isinstance(para, Para) for run in runs_of(para.text)]
            under = found.setdefault(words_of(head.text), {})
            for run, following in itertools.pairwise(runs):
                if run.bold:
                    under[run.text] = under.get(run.text, "") + following.text
    return found


def stands_in(label: str, words: str) -> bool:
    """Whether an item is named in a row of labels, in which what several are of is said once, and so are the words before a number."""
    name, words = label.rpartition(": ")[2].casefold(), words.casefold()
    return name in words or bool(re.search(rf"{re.escape(name[:-2])} 1 and {re.escape(name[-1])}", words))


def pages_of(pdf: bytes, folder: Path, *more: str) -> list[str]:
    """What ``pdftotext`` reads on each page."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", *more, str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def squeezed(text: str) -> str:
    """Without blanks, so that where a line was broken makes no difference."""
    return re.sub(r"\s+", "", text)
