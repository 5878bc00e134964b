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
from pupil_desk.domain.requests.withholding import Needle, needle_counts, remnants_in
from pupil_desk.services.packs.content import Compiled, Passage
from pupil_desk.services.packs.paper import in_place_of

_TWICE = 2  # what tells one record of a section from the next stands above it too; the data has a fact in words and as kept


def prove(copy: Compiled, story: Sequence[Block], footer: str, pdf: bytes, data: bytes) -> None:
    """Read again what was made. Raises WrongUse, with nothing written, if a withheld word stands where no place is listed for it."""
    needles = copy.needles
    if not needles:
        return
    counts, allowed = needle_counts(texts_of(story), needles), _allowed(copy, needles)
    leaked = {
        needle
        for passage, may in _expected(copy, needles)
        for needle, number in needle_counts([copy.told(passage)], needles).items()
        if number > may[needle]
    }
    leaked |= {needle for needle in needles if counts[needle] > allowed[needle]}
    leaked |= set(proof.still_in_pdf(pdf, needles, counts & allowed, [footer, *_headers(story)]))
    leaked |= set(proof.still_in_data(data, needles, allowed))
    if leaked:
        words = _(
            "The copy was not made: words that are withheld were still found in it ({number}). Write down what you did, and tell who looks after the program."
        )
        raise WrongUse(words.format(number=len(leaked)))


def _expected(copy: Compiled, needles: Collection[Needle]) -> Iterator[tuple[Passage, Counter[Needle]]]:
    """Each passage that is given, with how often each needle may stand in it: outside of what is withheld."""
    for part in copy.parts:
        for passage in part.passages if copy.is_given(part.name) else ():
            spans = copy.withheld_in(passage)
            left = (
                remnant
                for remnant in remnants_in(passage.words, needles)
                if not any(start < remnant.stop and remnant.start < stop for start, stop in spans)
            )
            yield passage, Counter(remnant.needle for remnant in left)


def _allowed(copy: Compiled, needles: Collection[Needle]) -> Counter[Needle]:
    """How often each needle may stand in all that is made."""
    allowed: Counter[Needle] = Counter()
    for _passage, may in _expected(copy, needles):
        for needle, number in may.items():
            allowed[needle] += number * _TWICE
    own_words = [*copy.front, copy.pack.asker, copy.readers]
    for part in copy.parts:
        own_words += [part.title] * (len(part.entries) + _TWICE)
        own_words += [passage.label for passage in part.passages]
        own_words.append(in_place_of(copy, part))
    return allowed + needle_counts(own_words, needles)


def _headers(story: Sequence[Block]) -> list[str]:
    """The headers of tables, which stand again on each further page."""
    inner = (inner_block for block in story for inner_block in (block.blocks if isinstance(block, Keep) else (block,)))
    tables = (block for block in inner if isinstance(block, Table))
    return [text for table in tables for text in texts_of([dataclasses.replace(table, rows=[], caption="")])]
