"""The help's table of consents says what the types say that ship, and how sure we are of each."""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.domain.consents.consent import ConsentType, lapse_words
from pupil_desk.services.consents import types


def row_of(made: ConsentType) -> list[str]:
    """What stands in a line of the table."""
    who = {"one": "One parent", "each": "Each parent", "none": "The pupil"}[made.parents]
    who += ", in writing" * made.written + " and the pupil" * made.pupil_too + ", or a competent pupil" * (made.pupil_yes == "competent")
    alone = str(made.own_age) + ", once found competent" * (made.own_competence == "recorded" and made.own_age < 18)
    sure = codelist("consent_sure").label_of(made.sure).split(":")[0]
    return [made.name, who, alone, lapse_words(made), sure]


def test_the_table_is_that_of_the_types_that_ship() -> None:
    text = resource("help", "04-consents.md").read_text(encoding="utf-8")
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")][1:]
    assert told == [row_of(one.type) for one in types.shipped().values()]
