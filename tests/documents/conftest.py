"""One invented story that uses every block there is."""

import pytest

from pupil_desk.documents.blocks import (
    AddressBlock,
    Block,
    Bullets,
    Columns,
    FactList,
    Heading,
    Keep,
    NoticeBox,
    PageBreak,
    Para,
    Run,
    Spacer,
    Table,
    TickRow,
    WritingLine,
)

LINK = "https://www.example.org/young-people?area=1&page=(2)"


@pytest.fixture
def story() -> list[Block]:
    """A notice with its annex and reply form, of invented people, over several pages."""
    prose = (
        "We keep a record of each pupil who learns with us, so that lessons fit them and so that they are safe. "
        "Some of it we are given by the school they came from, by the authority, or by health services."
    )
    return [
        AddressBlock(
            ["The parent or carer of Zoë Okonkwo-Nguyễn", "14 Long Acre", "Little Wymond", "WARE", "SG11 2ZZ"],
            sender=["Wymond Road Centre", "1 School Lane, Wymond SG4 0AA"],
        ),
        Heading(1, "How we use information about your child"),
        Para(["This notice is about ", Run("Zoë Okonkwo-Nguyễn", bold=True), ". Please keep it."], "lead"),
        Heading(2, "What we hold"),
        Para(prose),
        Bullets(["contact details", ["marks and ", Run("attendance", italic=True)], "what we need to keep them safe"]),
        Heading(2, "Who sees it"),
        *[Para(f"{prose} This is part {number}.") for number in range(6)],
        NoticeBox(
            [
                Heading(3, "You can say no"),
                Para(["Tell us in writing, or see ", Run("the page of the youth service", href=LINK), "."]),
                Bullets(["Fill in the form.", "Send it back."], numbered=True),
            ]
        ),
        Table(
            "What we hold and why",
            ["Held", "Purpose", "Kept until"],
            [[f"Item {number}", "To support learning and report on progress", "25th birthday"] for number in range(40)],
            row_headers=True,
        ),
        FactList([("Legal surname", "Okonkwo-Nguyễn"), ("Former name", "")], caption="The pupil"),
        PageBreak(),
        Keep(
            [
                Heading(2, "Reply"),
                TickRow("Share what the notice lists with youth support services"),
                TickRow("Share name, address and date of birth only", ticked=True),
                Columns([WritingLine("Signed"), WritingLine("Date")]),
                WritingLine("Name in capitals"),
            ]
        ),
        Spacer(2),
        Para("Return this side to the office.", "small"),
    ]
