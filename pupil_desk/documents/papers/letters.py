"""Letters, each with its envelope, of prose that the office may edit.

A letter by template: the envelope, the heading and the words of a template with its fields filled in.

The letter to a pupil of 16 that the choice about sharing is now theirs: prose that may be edited, one page.

A letter about a request: an envelope, and words that the office may have written itself.

Its words are plain text with a few signs: a line that begins with «# » is the heading, «## » a heading beneath it, «- » a line of a list;
a line of «____» is room to sign. Everything else is text as it stands.

A letter in parts, such as that about a suspension or about leave: prose that the office may edit, in the parts that the decision calls for.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Heading, Keep, Para, Run, Spacer, Text
from pupil_desk.documents.papers.envelope import ABOUT, REFERENCE, Envelope
from pupil_desk.documents.papers.signing import ROOM_TO_SIGN, signed_together
from pupil_desk.documents.prose import Filling, blocks_of, kept_together, listed, paragraphs
from pupil_desk.domain.papers.letter import SIGNATURE, TemplatePiece, pieces


def template_letter(
    subject: str, body: str, filling: Mapping[str, str], envelope: Envelope, *, head: str = REFERENCE, is_translation: bool = False
) -> list[Block]:
    """The letter as blocks. Raises KeyError for a field that nothing fills: the caller has looked.

    In a translation what is filled in finds its own direction. ``head`` are the words for our reference.
    """
    fill = fill_in_apart if is_translation else fill_in
    body_blocks = [_block(part, lambda text: fill(text, filling)) for part in paragraphs(body)]
    return [*envelope.head(head), Heading(1, fill(subject, filling)), *signed_together(body_blocks)]


def fill_in(text: str, filling: Mapping[str, str]) -> str:
    """A text with its fields filled in. What is filled in stays text: it is never read again for fields."""
    return "".join(words for words, _is_field in _filled(text, filling))


def fill_in_apart(text: str, filling: Mapping[str, str]) -> list[str | Run]:
    """The same where what is filled in stands among words of another script."""
    return [Run(words, is_apart=True) if is_field else words for words, is_field in _filled(text, filling)]


def _filled(text: str, filling: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Words of the text and what is filled in, which is told apart. What somebody ended with a full stop has one where the text goes on with one."""
    all_pieces = list(pieces(text))
    for piece, following in zip(all_pieces, [*all_pieces[1:], TemplatePiece()], strict=True):
        words = filling[piece.field] if piece.field else piece.text
        yield words.removesuffix(".") if piece.field and following.text.startswith(".") else words, bool(piece.field)


def _block(part: str, fill: Callable[[str], Text]) -> Block:
    if [piece.field for piece in pieces(part.strip())] == [SIGNATURE]:
        return ROOM_TO_SIGN
    if items := listed(part):
        return Bullets([fill(item) for item in items])
    return Para(fill(part))


_ROOM_TO_SIGN = 1.5  # lines of body text


def own_choice_letter(prose: str, filling: Mapping[str, Filling], envelope: Envelope) -> list[Block]:
    """The letter as blocks; the close, the room to sign and the name stay together."""
    title, *body, close, name = blocks_of(prose, filling)
    return [*envelope.head(), title, *body, Keep([close, Spacer(_ROOM_TO_SIGN), name])]


_ENGLISH = "en-GB"  # what the office wrote itself
_SIGN = re.compile(r"_{3,}")


REQUEST_HEAD = _("Our number: {reference}")


def request_letter(
    words: str, envelope: Envelope, title: str, lines: Mapping[str, Sequence[str | Run]] = MappingProxyType({}), *, head: str = REQUEST_HEAD
) -> list[Block]:
    """The letter as blocks. ``title`` is the heading where the words have none.

    Of a translation ``lines`` are what stands for each line, and ``head`` for our number; a line of the office's own stays as it is, and finds its own direction.
    """

    def in_words(text: str) -> Text:
        if not lines:
            return text
        own_lines = (lines.get(line.strip()) or [Run(line, lang=_ENGLISH)] for line in text.split("\n"))
        return [run for number, line in enumerate(own_lines) for run in (*(["\n"] if number else []), *line)]

    parts = paragraphs(words.strip())
    if parts and parts[0].startswith("# "):
        title, *under = parts[0].removeprefix("# ").split("\n", 1)
        parts = [*under, *parts[1:]]
    blocks = [*envelope.head(head), Heading(1, in_words(title.strip()) if title.strip() else envelope.reference)]
    return [*blocks, *signed_together(kept_together((block for part in parts for block in _blocks(part, in_words)), _heads))]


def _blocks(part: str, in_words: Callable[[str], Text]) -> list[Block]:
    """The blocks of a part without an empty line: a heading, then a list or a paragraph."""
    first, *further_lines = part.split("\n")
    if re.match(r"##?( |$)", first):
        heading = first.lstrip("#").strip()
        further = _blocks("\n".join(further_lines), in_words) if further_lines else []
        return [*([Heading(2, in_words(heading))] if heading else []), *further]
    if _SIGN.fullmatch(part.strip()):
        return [ROOM_TO_SIGN]
    if items := listed(part):
        filled_items = [in_words(item) for item in map(str.strip, items) if item]
        return [Bullets(filled_items)] if filled_items else []
    return [Para(in_words(part))]


def _heads(block: Block, following: Block) -> bool:
    """A heading stays with what follows it."""
    return isinstance(block, Heading) and not isinstance(following, Heading | Spacer)


DAY_SIX, NEEDS = "Education from the sixth day", "Special educational needs"
"""The headings, as they stand in the prose, of parts that are left out: where there is no sixth day, and where no such needs are held."""
AT_HOME, ELSEWHERE = "What you must do", "Who must see to it"
"""The headings of the duty of the first days: as it is told to those with whom the pupil lives, and to others. Each letter has one of them."""
CLOSING = "Yours sincerely"
"""What the prose ends with: room to sign, the name and the role follow."""
_ROOM = 3.5  # lines to sign in


def letter_in_parts(
    prose: str, filling: Mapping[str, Filling], envelope: Envelope, *, signer: str, role: str, about: str = ABOUT
) -> list[Block]:
    """The letter as blocks, each part kept on one page, with room for the ``signer`` in that ``role``.

    ``prose`` has the parts that the decision calls for (``minus_parts``); ``about`` says whom it is about, and the day.
    """
    title, *body_blocks = blocks_of(prose, filling)
    blocks = envelope.about(title, about)
    part: list[Block] = []
    for block in body_blocks:
        if isinstance(block, Heading) and part:
            blocks.append(Keep(part))
            part = []
        part.append(block)
    *last, closing = part
    closing_blocks: list[Block] = [closing, Spacer(_ROOM), Para([Run(signer, bold=True)]), *([Para(role)] if role else [])]
    return [*blocks, *([Keep(last)] if last else []), Keep(closing_blocks)]


def minus_parts(prose: str, headings: Collection[str]) -> str:
    """The prose without the parts of these headings. The closing stays, whichever part it stands in."""
    body, closing, _after = prose.rpartition(CLOSING)
    front, *parts = body.rstrip().split("\n## ")
    remaining_prose = "\n## ".join([front, *(part for part in parts if part.split("\n", 1)[0] not in headings)])
    return f"{remaining_prose.rstrip()}\n\n{closing}\n"
