"""Three independent checkers find nothing in what we write, and find each fault that is planted in it."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
import pytest

from pupil_desk.documents.blocks import Block, Heading, Para, Run, Table, TickRow
from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file
from tests.documents.checking import assert_accessible, findings

LINK = "https://www.example.org/young-people"
SMALL: list[Block] = [
    Heading(1, "How we use information"),
    Para(["See ", Run("the page of the youth service", href=LINK), " for more."]),
    Heading(2, "What we hold"),
    Para("A first paragraph about what we hold."),
    Para("A second paragraph, which follows the first."),
    Table("Items", ["Item", "Purpose"], [["Name", "To know who is who"], ["Address", "To write home"]]),
]


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every structure element in reading order."""

    def below(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
        yield element
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot.K[0])


def tags(pdf: bytes) -> list[str]:
    return [str(element.S)[1:] for element in elements(opened(pdf))]


def test_every_block_passes_three_checkers(story: list[Block]) -> None:
    assert_accessible(build_pdf(story, title="Privacy notice", subject="For families", footer="Edition 1"))


def test_a_print_file_passes_three_checkers(story: list[Block]) -> None:
    documents = [Document(story, "To Zoë", "Edition 1"), Document(SMALL, "To Łukasz & co", "Edition 1")]
    assert_accessible(build_print_file(documents, title="Notices to print"))


def test_the_structure_says_what_each_thing_is() -> None:
    assert tags(build_pdf(SMALL, title="A")) == [
        *["Document", "H1", "P", "Link", "Span", "H2", "P", "P", "Table", "Caption"],
        *["TR", "TH", "TH", "TR", "TD", "TD", "TR", "TD", "TD"],
    ]


def test_a_cell_and_a_paragraph_that_go_on_overleaf_stay_one() -> None:
    long = [Para(f"Line {number}") for number in range(24)]
    tall = Table("", ["A", "B"], [["x", "word " * 900]])
    made = opened(build_pdf([Heading(1, "A"), *long, Para("more words " * 120), tall], title="A"))
    assert len(made.pages) > 2
    assert [str(element.S) for element in elements(made)].count("/TD") == 2
    crossing = [element for element in elements(made) if "/MCR" in str(element.get("/K"))]
    assert {"/P", "/TD"} <= {str(element.S) for element in crossing}


def test_a_link_over_two_lines_is_one_link_with_its_whole_name() -> None:
    name = "the page about young people and the services there are for them in this part of the county"
    made = opened(build_pdf([Heading(1, "A"), Para(["Please see ", Run(name, href=LINK), "."])], title="A"))
    links = [element for element in elements(made) if element.S == "/Link"]
    assert len(links) == 1
    annotations = list(made.pages[0].Annots)
    assert len(annotations) == 2
    for annotation in annotations:
        assert str(annotation.Contents) == name
        assert str(annotation.A.URI) == LINK
        assert annotation.Rect[0] < annotation.Rect[2]
    assert made.pages[0].Tabs == "/S"


def test_a_box_to_tick_says_what_it_is() -> None:
    made = opened(build_pdf([Heading(1, "A"), TickRow("Yes"), TickRow("No", ticked=True)], title="A"))
    figures = [element for element in elements(made) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["Empty box to tick", "Ticked box"]


def test_a_table_head_is_read_once_and_drawn_again_as_an_artefact(story: list[Block]) -> None:
    made = opened(build_pdf(story, title="A"))
    scopes = [str(element.A.Scope) for element in elements(made) if element.S == "/TH"]
    assert scopes.count("/Column") == 3
    assert scopes.count("/Row") == 42
    again = [page for page in made.pages if b"/Artifact<</Type/Pagination>>" in page.Contents.read_bytes()]
    assert len(again) == 1


def test_every_mark_on_a_page_is_content_or_artefact(story: list[Block]) -> None:
    for page in opened(build_pdf(story, title="A", footer="B")).pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            assert depth or name not in ("Tj", "TJ", "f", "S", "re"), instruction
        assert depth == 0


def no_header_cell(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf):
        if element.S == "/TH":
            element.S = pikepdf.Name.TD
            del element["/A"]


def empty_link_text(pdf: pikepdf.Pdf) -> None:
    (link,) = [element for element in elements(pdf) if element.S == "/Link"]
    link.K = pikepdf.Array([kid for kid in link.K if isinstance(kid, pikepdf.Dictionary)])
    pdf.pages[0].Annots[0].Contents = ""


def wrong_order(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K[0]
    top.K = pikepdf.Array([*list(top.K)[3:], *list(top.K)[:3]])


def untagged_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    code = page.Contents.read_bytes()
    bare, count = re.subn(rb"/P<</MCID \d+>>BDC\n(BT .*?ET)\nEMC", rb"\1", code, count=1, flags=re.DOTALL)
    assert count == 1
    page.Contents.write(bare)


def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"<dc:title>.*?</dc:title>", b"", packet))


FAULTS: dict[Callable[[pikepdf.Pdf], None], str] = {
    no_header_cell: "header",
    empty_link_text: "link",
    wrong_order: "order|heading",
    untagged_text: "tagged|artifact",
    no_title: "title",
}


def test_the_document_without_a_fault_is_clean() -> None:
    assert findings(saved(opened(build_pdf(SMALL, title="Notice")))) == []


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_each_planted_fault_is_found(plant: Callable[[pikepdf.Pdf], None]) -> None:
    pdf = opened(build_pdf(SMALL, title="Notice"))
    plant(pdf)
    found = findings(saved(pdf))
    assert any(re.search(FAULTS[plant], line, re.IGNORECASE) for line in found), found
    with pytest.raises(AssertionError):
        assert_accessible(saved(pdf))
