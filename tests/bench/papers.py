"""Privacy notices: many in one print file, and as many files; and forms of a return."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import floors
from bench.made import Unit
from bench.measuring import Row, by_turns, timed
from bench.paper_floor import bare_pdf
from bench.records import signed_in
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.authority_return import ReturnForm, story
from pupil_desk.documents.pdf.page import Document, build_print_file
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notices
from pupil_desk.services.saving import PDF, Saving, save_notices


def rows(unit: Unit, number: int, times: int, folder: Path) -> list[Row]:
    """So many tagged notices beside the same words by ReportLab, untagged and without dress."""
    one = Row(name="Notices in one print file", most_ratio=2, target="≤ 2×", floor="bare untagged ReportLab, one file")
    many = Row(
        name="Notices as files",
        most_ratio=2.5,
        target="≤ 2.5×",
        floor="bare untagged ReportLab, a file each, safely written",
        note="Sizes are notices here, not pupils.",
    )
    with signed_in(unit) as desk:
        letters = notices.letters_of_everyone(desk).letters[:number]
        stories = [paper.story for paper in notices.papers(desk, letters)]
        one.cells.append(by_turns(timed(lambda: bare_pdf(stories)), timed(lambda: _print_file(desk, letters)), times, len(letters)))
        turn = iter(range(10**6))

        def floor() -> float:
            place = _place(folder / f"bare-notices-{next(turn)}")
            started = time.perf_counter()
            for at, story in enumerate(stories):
                floors.safely_written(place / f"{at}.pdf", bare_pdf([story]))
            return time.perf_counter() - started

        def ours() -> float:
            place = _place(folder / f"notices-{next(turn)}")
            started = time.perf_counter()
            with Saving(place) as saving:
                save_notices(saving, desk, letters, PDF, lambda _done, _total, _words: None)
            return time.perf_counter() - started

        many.cells.append(by_turns(floor, ours, times, len(letters)))
    return [one, many, _return_forms(number, times)]


def _return_forms(number: int, times: int) -> Row:
    """So many forms of a return, each of a pupil's own facts."""
    row = Row(
        name="Return forms in one print file",
        most_ratio=3,
        target="≤ 3×",
        floor="bare untagged ReportLab, one file",
        note="Sizes are forms here.",
    )

    def forms() -> Iterator[list[Block]]:
        for at in range(number):
            parts = [(f"Part {part}", [(f"Fact {fact}", f"What it is of pupil {at}") for fact in range(8)]) for part in range(3)]
            yield story(ReturnForm("A new pupil", "Larkfield", "The authority", "A law", parts, "A. Head"))

    def ours() -> bytes:
        return build_print_file((Document(form, "A form", "Made today") for form in forms()), title="Forms", base_size=9, two_sided=False)

    row.cells.append(by_turns(timed(lambda: bare_pdf(list(forms()))), timed(ours), times, number))
    return row


def _place(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _print_file(desk: Desk, letters: Sequence[Letter]) -> bytes:
    documents = [Document(paper.story, paper.file_stem, paper.footer) for paper in notices.papers(desk, letters)]
    return build_print_file(documents, title="Privacy notices")
