"""The proof that what is withheld is gone: asked of the words, of the paper as a story, of the file as it was made, and of the data.

What may stand is worked out from the decisions alone, not from what was made: each place that is listed as remaining, and our own words.
"""

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Keep, Table, texts_of
from pupil_desk.documents.reading import proof
from pupil_desk.domain.requests.withholding import Needle, counted, left_in
from pupil_desk.services.packs.content import Compiled, Passage
from pupil_desk.services.packs.paper import in_place_of

_TWICE = 2  # what tells one record of a section from the next stands above it too; the data has a fact in words and as kept


def prove(made: Compiled, story: Sequence[Block], footer: str, pdf: bytes, data: bytes) -> None:
    """Read again what was made. Raises WrongUse, with nothing written, if a withheld word stands where no place is listed for it."""
    needles = made.needles
    if not needles:
        return
    shown, allowed = counted(texts_of(story), needles), _allowed(made, needles)
    found = {needle for passage, may in _expected(made, needles) for needle, number in counted([made.told(passage)], needles).items() if number > may[needle]}
    found |= {needle for needle in needles if shown[needle] > allowed[needle]}
    found |= set(proof.still_in_pdf(pdf, needles, shown & allowed, [footer, *_headers(story)]))
    found |= set(proof.still_in_data(data, needles, allowed))
    if found:
        words = _("The copy was not made: words that are withheld were still found in it ({number}). Write down what you did, and tell who looks after the program.")
        raise WrongUse(words.format(number=len(found)))


def _expected(made: Compiled, needles: Collection[Needle]) -> Iterator[tuple[Passage, Counter[Needle]]]:
    """Each passage that is given, with how often each needle may stand in it: outside of what is withheld."""
    for part in made.parts:
        for passage in part.passages if made.is_given(part.name) else ():
            spans = made.withheld_in(passage)
            left = (one for one in left_in(passage.words, needles) if not any(start < one.stop and one.start < stop for start, stop in spans))
            yield passage, Counter(one.needle for one in left)


def _allowed(made: Compiled, needles: Collection[Needle]) -> Counter[Needle]:
    """How often each needle may stand in all that is made."""
    allowed: Counter[Needle] = Counter()
    for _passage, may in _expected(made, needles):
        for needle, number in may.items():
            allowed[needle] += number * _TWICE
    ours = [*made.front, made.pack.asker, made.readers]
    for part in made.parts:
        ours += [part.title] * (len(part.entries) + _TWICE)
        ours += [passage.label for passage in part.passages]
        ours.append(in_place_of(made, part))
    return allowed + counted(ours, needles)


def _headers(story: Sequence[Block]) -> list[str]:
    """The headers of tables, which stand again on each further page."""
    inner = (each for block in story for each in (block.blocks if isinstance(block, Keep) else (block,)))
    tables = (block for block in inner if isinstance(block, Table))
    return [text for table in tables for text in texts_of([dataclasses.replace(table, rows=[], caption="")])]
