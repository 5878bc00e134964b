"""A thousand accounts of invented incidents, and no other child in the reports that are made of them, whatever way the names are written."""

import dataclasses
import itertools
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pupil_desk.documents.reading.paper_content import Media, texts_of_paper
from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.incidents import recording, report, told_account
from pupil_desk.services.incidents.told_account import OwnWords
from tests.domain.incidents.test_incident import WHOLE
from tests.services.exports.made import DAY, Unit

NAMES = (
    ("Thomas", "Penn", "Tommo"), ("Will", "Rose", None), ("Grace", "Young", None), ("Siân", "Llewelyn-Pryce", "Shan"), ("Zoë", "O’Farrelly", None),
    ("Mohammed", "Hussaini", "Mo"), ("Alexander", "D’Souza-Lane", "Xander"), ("Mary-Jane", "Kettlewell", "MJ"), ("Mark", "Hall", None), ("Summer", "Hope", None),
    ("Benjamin", "Holloway-King", "Benji"), ("Kwame", "Adeyinka", None), ("Daniel", "Quartermaine", None), ("Jack", "Penn", None), ("Beth", "Marsh", None),
)  # fmt: skip
SHORT = {
    "Thomas": "Tommy",
    "Will": "Willy",
    "Mohammed": "Mo",
    "Alexander": "Alex",
    "Benjamin": "Ben",
    "Daniel": "Danny",
    "Mary-Jane": "Mary",
    "Mark": "Marky",
}
SENTENCES = (
    "{own} and {other} were in the corridor before lunch.", "{other} shouted first. {own} shouted back.", "{own} ran at {other}.", "{other}",
    "It was {others} bag that {own} threw.", "{own} said that {other} had taken a phone.", "Staff asked {own}, {other} and the rest to sit down.",
    "\n{other} left the room; {own} did not.", "He will mark the day that {other} came. {own} rose and went out.", "The adults moved {other}, who was hurt, away.",
)  # fmt: skip


def forms(pupil: Pupil) -> Iterator[str]:
    """The ways in which somebody in a hurry writes who another child is."""
    first, last, called = pupil.forename, pupil.surname, pupil.preferred_forename or pupil.forename
    yield from (f"{first} {last}", first, last, called, f"{called} {last}", f"{last}, {first}", f"{first[0]}. {last}", f"{first} {last[0]}")
    yield from (
        f"{first[0]}.{last[0]}.",
        f"{first[0]}{last[0]}",
        f"{first[0]} {last[0]}",
        f"the {last}s",
        f"the {last}es",
        f"{first}-{last}",
        f"{first}{last}",
    )
    yield from (
        first.upper(),
        f"{first} {last}".lower(),
        last.lower(),
        f"{first} {last}".swapcase(),
        first.lower(),
        SHORT.get(first, first),
    )
    yield from (
        last.replace("-", " "),
        last.replace("’", "'"),
        last.replace("’", ""),
        plain(f"{first} {last}"),
        f"pupil {first[0]}",
        f"Miss {last}",
    )


def plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def words_of(text: str) -> Counter[str]:
    """The words of a text, small, without accents, each also without what makes it an owner's or many."""
    whole = re.findall(r"\w+", re.sub(r"[’']", "", plain(text).casefold()))
    return (
        Counter(whole)
        + Counter(word[:-1] for word in whole if word.endswith("s"))
        + Counter(word[:-2] for word in whole if word.endswith("es"))
    )


def names_in(pupil: Pupil) -> set[str]:
    """Each word by which somebody could know the child, folded."""
    names = (pupil.forename, pupil.surname, pupil.preferred_forename or "", SHORT.get(pupil.forename, ""))
    parts = {word for name in names for word in words_of(name.replace("-", " "))} | {
        word for name in names for word in words_of(name.replace("-", ""))
    }
    return {word for word in parts if len(word) > 1} | {plain(pupil.forename + pupil.surname).casefold().replace("’", "").replace("-", "")}


def initials_of(pupil: Pupil) -> set[str]:
    first, last = plain(pupil.forename)[0], plain(pupil.surname)[0]
    return {f"{first}{last}", f"{first}.{last}", f"{first} {last}", f"pupil {first}"}


@pytest.fixture
def pupils(unit: Unit) -> list[Pupil]:
    """Each with a mother at home, whose name tells of the child as well."""
    made = []
    for place, (forename, surname, called) in enumerate(NAMES):
        pupil = unit.pupil(
            surname, forename, date(2012, 5, 6), preferred_forename=called, address_1=f"{place + 2} Mill Lane", postcode="SG4 7ZZ"
        )
        unit.contact(pupil, surname, forename=f"Ada{place}", parental_responsibility=True, lives_with=True)
        made.append(pupil)
    return made


def account(chance: random.Random, own: Pupil, others: list[Pupil]) -> str:
    """A few sentences that name the pupil and each of the others, in ways drawn anew."""
    said = []
    for other in [*others, *chance.choices(others, k=3)]:
        form = chance.choice([*forms(other)])
        owner = form + chance.choice(("’s", "'s", "’"))
        said.append(chance.choice(SENTENCES).format(own=own.preferred_forename or own.forename, other=form, others=owner))
    chance.shuffle(said)
    return " ".join(said)


def same_words(unit: Unit, entry_id: str) -> OwnWords | None:
    """What somebody says in place of the account who says just what stands in it; None where nothing is asked."""
    return told_account.texts_to_reword(unit.desk, told_account.signed_case(unit.desk, entry_id)) or None


def read(unit: Unit, entry_id: str) -> str:
    """The text of each report of an entry, as a PDF has it."""
    papers = report.letters(unit.desk, entry_id, own_words=same_words(unit, entry_id))
    return "\n".join(page for paper in papers for page in texts_of_paper(Media.PDF, paper.pdf()))


def entered(unit: Unit, own: Pupil, others: list[Pupil], **texts: Any) -> str:
    """An incident of all of them, signed; the entry of the pupil's own."""
    base = dataclasses.replace(
        WHOLE, id="", entry_id="", incident_id="", **{"time": "9:45", "injury": "None", "support": "A walk.", **texts}
    )
    recording.enter(unit.desk, [dataclasses.replace(base, pupil_id=pupil.id) for pupil in (own, *others)])
    case = recording.of_pupil(unit.desk, own.id)[-1]
    recording.record(
        unit.desk, [IncidentEvent(entry_id=case.now.entry_id, pupil_id=own.id, kind=IncidentEventKind.SIGNED, on=DAY, who="Ann Officer")]
    )
    return case.now.entry_id


PLAIN = {"place": "The yard", "account": "x", "led_to_it": "x", "tried": "x", "necessary": "x", "injury": "x", "support": "x"}


def faults(unit: Unit, pupils: list[Pupil], number: int, seed: int) -> tuple[list[str], int]:
    """Who is still told in the reports of so many accounts, each with what it says; how often something was taken out."""
    chance = random.Random(seed)
    found, removed = [], 0
    baselines: dict[str, str] = {}
    for place in range(number):
        own = pupils[place % len(pupils)]
        *others, friend = chance.sample([pupil for pupil in pupils if pupil is not own], chance.randrange(2, 5))
        if own.id not in baselines:
            baselines[own.id] = read(unit, entered(unit, own, [], **PLAIN))
        texts = {name: account(chance, own, others) for name in ("account", "led_to_it", "tried", "necessary", "injury", "support")}
        texts["account"] += f" {friend.forename} {friend.surname} saw {chance.choice(others).forename}."
        told = read(unit, entered(unit, own, others, **texts))
        removed += told.count("[withheld]") + told.count("nother pupil (")
        baseline, words = words_of(baselines[own.id]), words_of(told)
        for other in others:
            leaked = {word for word in names_in(other) - names_in(own) if words[word] > baseline[word]}
            leaked |= {form for form in initials_of(other) - initials_of(own) if re.search(rf"\b{re.escape(form)}\b", told)}
            found += [f"{own.forename}, {other.full_name}, {word}: {' '.join(told.split())}" for word in sorted(leaked)]
        both = names_in(friend) - names_in(own)
        found += [f"{friend.full_name}: {word}" for word in both if words[word] > baseline[word] and len(word) > 3]
    return found, removed


@pytest.mark.parametrize("number", [15, pytest.param(1000, marks=pytest.mark.torture)])
def test_no_other_child_is_told_of(unit: Unit, pupils: list[Pupil], number: int) -> None:
    found, removed = faults(unit, pupils, number, seed=18)
    assert found == []
    assert removed > 15 * number


def test_each_way_to_write_each_name_is_taken_out(unit: Unit, pupils: list[Pupil]) -> None:
    """Every form by itself, so that none hides behind another of the same account."""
    own = pupils[11]
    for other, beside in itertools.pairwise([pupil for pupil in pupils if pupil is not own]):
        lines = [f"Then {own.forename} saw {form} there." for form in forms(other)]
        told = read(unit, entered(unit, own, [other, beside], account="\n".join(lines)))
        sentences = [line for line in " ".join(told.split()).split("Then ")[1:] if " there." in line]
        assert len(sentences) == len(lines)
        kept = [
            form
            for form, line in zip(forms(other), sentences, strict=True)
            if not re.search(r"\[withheld\]|another pupil \(", line.partition(" there.")[0])
        ]
        assert kept == [], other.full_name


def test_a_name_with_a_letter_doubled_or_dropped_is_looked_at(unit: Unit, bea: Pupil, mother: Contact) -> None:
    tom = unit.pupil("Penn", "Thomas", date(2012, 1, 2))
    entry_id = entered(unit, bea, [tom], account="Thommas hit Bea. Thoma ran, and Pen fell. Penny smiled. The theme of today.")
    assert [named.words for named in report.places(unit.desk, entry_id, same_words(unit, entry_id))] == ["Thommas", "Thoma"]
