"""The log of disclosures on paper: which part of it, each line whole, stamped where somebody is protected, and logged without a name."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import Table, plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.disclosures import by_hand, log_paper, told
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.told import EVER, Days
from pupil_desk.services.letters import progress_reports
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit


@pytest.fixture
def bea(unit: Unit) -> Pupil:
    """Of whom a parent had a report today, and the police were told by mistake a week ago."""
    bea = unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Larch Way", postcode="AL28 2QN")
    unit.contact(bea, "Quill", forename="Ann", parental_responsibility=True, lives_with=True)
    progress_reports.log_printed(unit.desk, bea.id)
    ago = unit.desk.today - timedelta(days=7)
    by_hand.keep(
        unit.desk,
        ByHand(
            pupil_id=bea.id,
            recipient="Larkfield Police 𠮷",
            kinds=("identity",),
            purpose="A missing child",
            basis="vital",
            way="phone",
            on=ago,
        ),
    )
    by_hand.strike(unit.desk, told.log(unit.desk)[0].seq, "It was another pupil")
    return bea


def test_it_says_each_line_whole_and_passes_the_checkers(unit: Unit, bea: Pupil, tmp_path: Path) -> None:
    unit.protect(bea, "address-withheld")
    story, title, held, number = log_paper.paper(unit.desk)
    data = build_pdf(story, title=title, page_size=log_paper.LYING, base_size=log_paper.BASE, stamp=held.stamp)
    assert_accessible(data)
    assert number == 2
    said = squeezed("".join(pages_of(data, tmp_path, "-layout")))
    for words in ("Protected.", "To everybody, of every pupil, as long as it is on file.", "2 lines. Printed on", "Progress report"):
        assert squeezed(words) in said, words
    (table,) = (block for block in story if isinstance(block, Table))
    hand, report = table.rows
    assert list(hand[1:5]) == [f"Quill, Bea ({bea.ref})", "Larkfield Police □", "By telephone", "name and date of birth"]
    assert str(hand[5]).startswith(
        "Struck out, and counts no more: It was another pupil A life is in danger: Article 6(1)(d). For: a missing child."
    )
    assert list(report[2:4]) == ["Parents and carers", "Progress report, on paper"]


def test_of_some_days_to_one_or_of_one_it_says_so_and_leaves_the_column_out(unit: Unit, bea: Pupil) -> None:
    today = unit.desk.today
    story, _title, _held, number = log_paper.paper(unit.desk, Days(since=today), recipient="Parents and carers")
    (table,) = (block for block in story if isinstance(block, Table))
    assert (number, "To whom" in table.header, "Of whom" in table.header) == (1, False, True)
    assert "To Parents and carers, from " in plain_text(story)
    story, *_rest = log_paper.paper(unit.desk, pupil_id=bea.id)
    assert f"Of Quill, Bea ({bea.ref}), as long as it is on file." in plain_text(story)
    story, _title, held, number = log_paper.paper(unit.desk, Days(until=today - timedelta(days=30)))
    assert (number, held.stamp) == (0, "")
    assert "Nothing was told." in plain_text(story)
    log_paper.log_print(unit.desk, Days(today, today), 1, recipient="Larkfield Police")
    assert unit.log()[-1] == ("print-disclosures", "", f"log of disclosures printed: to one recipient, 1 lines, {today} to {today}")
    log_paper.log_print(unit.desk, EVER, 2, pupil_id=bea.id)
    assert unit.log()[-1] == ("print-disclosures", bea.id, "log of disclosures printed: of one pupil, 2 lines")


def test_too_many_lines_ask_for_fewer_days(unit: Unit, bea: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (told, log_paper):
        monkeypatch.setattr(place, "MOST", 2)
    with pytest.raises(WrongUse, match="Choose fewer days"):
        log_paper.paper(unit.desk)
