"""500 words blacked out on 200 pages of four kinds: none is left by any way we know of, in what goes out.

The ways: the text as two programs take it out, the picture as a program reads it (at full count), the dots beneath each box,
what the file says of itself, its revisions, and every byte of everything unpacked. The dots are the strongest: what is of one colour has no writing.
"""

import io
import itertools
import os
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.requests.boxes import WHOLE
from pupil_desk.services.attachments import attachments
from pupil_desk.services.packs import deciding, paper_boxes, writing
from tests.services.packs.boxed_papers import KINDS, PHOTOGRAPH, SCAN_WITH_TEXT, TEXT, PaperMade, a_word, made
from tests.services.packs.gone import by_poppler, text_of
from tests.services.packs.made import Scene


def papers_of(pages: int, words: int, chance: random.Random) -> list[PaperMade]:
    """So many pages of each kind, with so many words to black out in all."""
    per_page = [words // (4 * pages) + (number < words % (4 * pages)) for number in range(4 * pages)]
    taken = iter([[a_word(chance) for _word in range(number)] for number in per_page])
    found = []
    for kind in KINDS:
        on_pages = list(itertools.islice(taken, pages))
        stacks = [[page] for page in on_pages] if kind == PHOTOGRAPH else [on_pages]
        found += [made(kind, stack, chance) for stack in stacks]
    return found


def gone_out(scene: Scene, stick: Path, papers: Sequence[PaperMade]) -> list[bytes]:
    """The papers as they lie on the stick, in their order."""
    pack = scene.begin()
    ids = []
    for number, paper in enumerate(papers):
        looked = attachments.look_into(paper.data, "scan")
        title = f"Paper {number}"
        attachments.add(scene.officer, Attachment(pupil_id=scene.bea.id, title=title, kind="letter"), looked)
        ids.append(next(one.id for one in attachments.of_pupil(scene.officer, scene.bea.id) if one.title == title))
        boxes = [paper_boxes.new_box(pack, ids[-1], secret.page, secret.area) for secret in paper.secrets]
        paper_boxes.keep(scene.officer, pack.id, ids[-1], boxes)
    copy = deciding.accept(scene.officer, scene.compiled(pack))
    for paper_id in ids:
        copy = deciding.decide_paper(scene.officer, copy, paper_id, is_given=True)
    copy = deciding.tick(scene.officer, copy, copy.unticked)
    done = writing.write(scene.officer, copy, stick)
    files = unlocked(next(stick.glob("*.zip")).read_bytes(), done.password)
    order = [paper.id for paper in copy.papers]
    return [files[f"paper-{order.index(paper_id) + 1}.pdf"] for paper_id in ids]


def faults(paper: PaperMade, data: bytes, *, recognised: bool) -> Iterator[str]:
    """What is left of what must be gone, and whether what is not covered can be read by a program that recognises writing."""
    seen = ""
    for way, text in ways(data, recognised=recognised):
        seen += text.lower() if way == "the picture" else ""
        for secret in paper.secrets:
            if secret.word.lower() in text.lower():
                yield f"{paper.kind}: a word is left in {way}"
    if recognised and not any(word.lower() in seen for word in paper.stays):
        yield f"{paper.kind}: nothing was recognised, so nothing is shown by it"
    if data.count(b"%%EOF") != 1:
        yield f"{paper.kind}: a revision is left"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for secret in paper.secrets:
            if len(colours_beneath(pdf, secret.page, secret.area)) != 1:
                yield f"{paper.kind}: something can be seen beneath a box"


def ways(data: bytes, *, recognised: bool) -> Iterator[tuple[str, str]]:
    """Each way to read a file, with what it gives; letters with blanks between them too."""
    for way, text in (("text", text_of(data)), ("text by poppler", by_poppler(data))):
        yield way, text
        yield f"{way}, put together", re.sub(r"\s", "", text)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield "the description", f"{dict(pdf.docinfo)!r} {pdf.open_metadata()}"
        out = io.BytesIO()
        pdf.save(
            out, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.specialized, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
        for unpacked in (data, out.getvalue()):
            yield "bytes", unpacked.decode("latin-1")
            yield "bytes of two", unpacked.decode("utf-16-be", "ignore")
    for picture in pictures(data) if recognised else ():
        words = ["tesseract", "-", "-", "--psm", "6"]
        seen = subprocess.run(words, input=picture, capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        yield "the picture", seen.stdout.decode()


def pictures(data: bytes) -> Iterator[bytes]:
    """Each page as it is seen, as PNG."""
    pdf = pypdfium2.PdfDocument(data)
    for number in range(len(pdf)):
        out = io.BytesIO()
        pdf[number].render(scale=150 / 72, grayscale=True).to_pil().save(out, "PNG")
        yield out.getvalue()
    pdf.close()


def colours_beneath(pdf: pikepdf.Pdf, number: int, area: object) -> list[object]:
    """The colours of the dots beneath a box in the picture of a page."""
    page = pdf.pages[number - 1]
    (name,) = [str(instruction.operands[0]) for instruction in pikepdf.parse_content_stream(page, "Do")]
    image = Image.open(io.BytesIO(bytes(page.resources.XObject[name].read_raw_bytes())))
    sides = [getattr(area, side) for side in ("left", "top", "right", "bottom")]
    edges = [side * of / WHOLE for side, of in zip(sides, image.size * 2, strict=True)]
    return image.crop([int(edge) for edge in edges]).getcolors() or [None, None]


def test_the_papers_of_this_test_hide_each_word_wherever_a_file_can() -> None:
    """Else nothing would be shown by its not being found."""
    chance = random.Random(3)
    for kind in (TEXT, SCAN_WITH_TEXT):
        paper = made(kind, [["Bogomila"]], chance)
        assert "Bogomila" in text_of(paper.data)
        assert paper.data.count(b"%%EOF") == 3
        with pikepdf.open(io.BytesIO(paper.data)) as pdf:
            assert "Bogomila" in str(pdf.docinfo["/Author"])
            assert "Bogomila" in str(pdf.Root.AcroForm.Fields[0].V)
            assert "Bogomila" in str(pdf.pages[0].Annots[0].Contents)
        assert attachments.look_into(paper.data, "x").pages == 1, "and it is kept"


def test_nothing_is_left_beneath_the_boxes_of_a_few_pages(scene: Scene, stick: Path) -> None:
    papers = papers_of(1, 10, random.Random(11))
    assert [len(paper.secrets) for paper in papers] == [3, 3, 2, 2]
    for paper, data in zip(papers, gone_out(scene, stick, papers), strict=True):
        assert list(faults(paper, data, recognised=False)) == []


@pytest.mark.torture
@pytest.mark.needs("tesseract", "pdftotext")
def test_nothing_is_left_of_500_words_on_200_pages(scene: Scene, stick: Path) -> None:
    papers = papers_of(50, 500, random.Random(12))
    assert sum(len(paper.secrets) for paper in papers) == 500
    found: list[str] = []
    for paper, data in zip(papers, gone_out(scene, stick, papers), strict=True):
        found += faults(paper, data, recognised=True)
    assert found == []
