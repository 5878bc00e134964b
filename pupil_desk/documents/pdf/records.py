"""Records of one section on paper, as close together as they can be read: every record, and every fact of it, stands there once.

Records of the same few short facts are a table, a row each; what all of them say is said once above it. Records of longer facts are
lists, one after the other; those that differ in short facts alone, such as one telling made on many days, are put together: what they
share is said once, and a table has a row for each. Nothing is counted in place of being told.
"""

from collections.abc import Sequence
from dataclasses import replace

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import NOTHING, Block, FactList, Keep, Para, Run, SideBySide, Table, linked, words_of

type Record = Sequence[tuple[str, str]]
"""Label and words, fact by fact."""

_AS_WIDE_AS_IT_IS = 0
_SHARED_FROM = 3  # records: fewer say each of their facts themselves, as people read two records beside each other
_LISTS_SHARE_FROM = 4  # records that are lists: who looks at one alone should miss little
UPRIGHT, LYING = 90, 150
"""How many characters of a table stand side by side on a page: upright in what families read, and lying in what the office does."""
_BETWEEN = 2  # of them, the room between two columns
_COLUMN = 15  # of them that a column should have on average, so that a date or a number stands on one line
_BROKEN_FROM = 16  # characters: a longer cell goes on in a further line
_TALLEST = 240  # characters of a cell, above which a table is hard to read
_IN_TWO_FROM = 4  # short facts: fewer stand one under the other
_BELOW = 2  # longer facts that may stand out of their order, below the others
_LABEL = 0.42  # of a list, the width that its labels have
_MARGINS = 5  # characters that the edges of a list of facts and its somewhat larger letters take of half a page
_WORDY, _SMALL = 8, 4  # words in all headers of a table, and how many of them begin small: a line of prose to a checker
_PIECE = 8  # rows
_RUNS_ALONG = 60  # rows, which fill three pages: headers that stand on three pages are known for what they are
_LONG = 30  # characters of a fact that tells one kind of record from another
_SHORT = 40  # characters of a caption's own words
_TWO = 2  # records in a row, which are named each; more are «1 to 4»


def blocks_of(title: str, records: Sequence[Record], page_width: int = UPRIGHT, *, in_rows: bool = False) -> list[Block]:
    """The records of a section under its heading, which is not among the blocks; a fact without words is left out, or is a dash in a table.

    ``page_width`` is how wide the page is, in characters. ``in_rows``: a table whatever its width, such as a register, which is read day by day.
    """
    if len(records) == 1:
        return _facts(records[0], page_width)
    shared = _shared(records) if len(records) >= _SHARED_FROM else {}
    table = _table([_minus_shared(record, shared) for record in records], _AS_WIDE_AS_IT_IS if in_rows else page_width)
    if table is not None:
        return [*_said_once(len(records), shared), *_in_pieces(table)]
    if len(records) < _LISTS_SHARE_FROM:
        shared = {}
    blocks: list[Block] = _said_once(len(records), shared)
    distinct_records = [_minus_shared(record, shared) for record in records]
    telling = _telling(distinct_records)
    for numbers in _together(distinct_records, page_width):
        blocks += _list(title, distinct_records, numbers, telling, page_width)
    return blocks


def nothing_held(titles: Sequence[str], words: str = _("We hold nothing about: ")) -> list[Block]:
    """One line for all sections in which nothing is held, or by other ``words`` stands."""
    if not titles:
        return []
    return [Para([Run(words, bold=True), _("{sections}.").format(sections="; ".join(map(begun_small, titles)))])]


def _facts(record: Record, page_width: int, caption: str = "") -> list[Block]:
    """A record as a list of what is held of it, kept on one page if it fits; short facts stand in two columns, and the others below."""
    facts = [(label, words) for label, words in record if words]
    half = page_width // 2 - _MARGINS
    short = [fact for fact in facts if len(fact[0]) <= half * _LABEL and len(fact[0]) + len(fact[1]) <= half and "\n" not in fact[1]]
    while short and max(len(label) for label, _words in short) + max(len(words) for _label, words in short) > half:
        short.remove(max(short, key=lambda fact: (len(fact[1]), len(fact[0]))))
    long_facts = [fact for fact in facts if fact not in short]
    if len(short) < _IN_TWO_FROM or len(long_facts) > _BELOW:
        return [Keep([_list_of(facts, caption)])] if facts else []
    left, right = short[: (len(short) + 1) // 2], short[(len(short) + 1) // 2 :]
    return [Keep([SideBySide((_list_of(left, caption), _list_of(right))), *([_list_of(long_facts)] if long_facts else [])])]


def _list_of(facts: Record, caption: str = "") -> FactList:
    return FactList([(label, linked(words)) for label, words in facts], caption=caption)


def _said_once(number: int, shared: dict[str, str]) -> list[Block]:
    """What every one of so many records says, in a paragraph."""
    if not shared:
        return []
    facts = "; ".join(_("{label}: {words}").format(label=label, words=words.removesuffix(".")) for label, words in shared.items())
    return [Para([Run(_("The same in all {number}: ").format(number=number), bold=True), facts], leads=True)]


def _shared(records: Sequence[Record]) -> dict[str, str]:
    """The facts that every record says, and says alike. None where a record says one twice."""
    if not _are_plain(records):
        return {}
    first, *other_records = map(dict, records)
    return {label: words for label, words in first.items() if words and all(record.get(label) == words for record in other_records)}


def _minus_shared(record: Record, shared: dict[str, str]) -> Record:
    return [(label, words) for label, words in record if label not in shared]


def _are_plain(records: Sequence[Record]) -> bool:
    """Whether no record has two facts under one label."""
    return all(len(dict(record)) == len(record) for record in records)


def _table(records: Sequence[Record], page_width: int) -> Table | None:
    """The records as a table of what any of them says; None where it would not be read with ease, or a record says one thing twice."""
    labels = list(dict.fromkeys(label for record in records for label, words in record if words))
    if not labels or not _are_plain(records):
        return None
    cells = [[words_by_label.get(label, "") for label in labels] for words_by_label in map(dict, records)]
    if page_width != _AS_WIDE_AS_IT_IS and not _is_read_with_ease(labels, cells, page_width):
        return None
    return Table(caption="", header=labels, rows=[[linked(words) or NOTHING for words in row] for row in cells])


def _in_pieces(table: Table) -> list[Block]:
    """A table whose headers are many words, as tables of a few rows that stay on one page each.

    Headers overleaf are furniture, which is not read out: a line of prose there is taken by checkers for something that nobody hears.
    """
    words = " ".join(map(words_of, table.header)).split()
    is_prose = len(words) >= _WORDY and sum(word[:1].islower() for word in words) >= _SMALL
    if not is_prose or not 1 < len(table.rows) < _RUNS_ALONG:
        return [table]
    return [Keep([replace(table, rows=table.rows[start : start + _PIECE])]) for start in range(0, len(table.rows), _PIECE)]


def _is_read_with_ease(labels: Sequence[str], cells: Sequence[Sequence[str]], page_width: int) -> bool:
    needed_width = sum(_need(label, [row[column] for row in cells]) + _BETWEEN for column, label in enumerate(labels))
    tall = any(len(words) > _TALLEST or words.count("\n") > 1 for row in cells for words in row)
    return needed_width <= page_width and len(labels) <= page_width // _COLUMN and not tall


def _need(label: str, words: Sequence[str]) -> int:
    """The characters that a column takes at least: its longest word, and its cells up to where they may be broken."""
    longest_word = max((len(word) for text in (label, *words) for word in text.split()), default=0)
    return max(longest_word, *(min(len(text), _BROKEN_FROM) for text in words))


def _together(records: Sequence[Record], page_width: int) -> list[list[int]]:
    """The places of records in groups: those that say all longer facts alike and fit a table of the others; each other record by itself.

    The groups are in the order of the first record of each.
    """
    long = {label for record in records for label, words in record if len(words) > _LONG}
    if not long or not _are_plain(records):
        return [[place] for place in range(len(records))]
    kinds: dict[Record, list[int]] = {}
    for number, record in enumerate(records):
        kinds.setdefault(tuple(fact for fact in record if fact[0] in long), []).append(number)
    groups = []
    for numbers in kinds.values():
        alike = [records[place] for place in numbers]
        groups += (
            [numbers]
            if len(numbers) > 1 and _table([_minus_shared(record, _shared(alike)) for record in alike], page_width)
            else [[place] for place in numbers]
        )
    return sorted(groups)


def _list(title: str, records: Sequence[Record], numbers: Sequence[int], telling: Sequence[str], page_width: int) -> list[Block]:
    """One record as a list of its facts, or several that are put together: what they share, then a row for each."""
    group = [records[place] for place in numbers]
    common = dict(group[0]) if len(group) == 1 else _shared(group)
    caption = _caption(title, len(records), numbers, next((common[label] for label in telling if common.get(label)), ""))
    if len(group) == 1:
        return _facts(group[0], page_width, caption)
    rows = _table([_minus_shared(record, common) for record in group], page_width)
    return [*_facts(list(common.items()), page_width, caption), *(_in_pieces(rows) if rows else [])]


def _caption(title: str, count: int, numbers: Sequence[int], distinction: str) -> str:
    """Which of the records stand there: by number, and by what tells them from the others."""
    position = _("{title}, {numbers} of {all}").format(title=title, numbers=_in_runs(numbers), all=count)
    return _("{which}: {what}").format(which=position, what=distinction) if distinction else position


def _in_runs(numbers: Sequence[int]) -> str:
    """Several places as people count them: «1, 2 and 5 to 8»."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words: list[str] = []
    for run in runs:
        is_long = len(run) > _TWO
        words += [_("{first} to {last}").format(first=run[0] + 1, last=run[-1] + 1)] if is_long else [str(number + 1) for number in run]
    return join_words(words)


def _telling(records: Sequence[Record]) -> list[str]:
    """The labels of short facts, those first that differ most from record to record; a bare number or code tells nobody which it is."""
    words_by_label: dict[str, set[str]] = {}
    for record in records:
        for label, words in record:
            words_by_label.setdefault(label, set()).add(words)
    short = {
        label: len(words - {""})
        for label, words in words_by_label.items()
        if all(len(fact) <= _SHORT and "\n" not in fact for fact in words) and any(map(_has_words, words))
    }
    return sorted(short, key=lambda label: -short[label])


def _has_words(text: str) -> bool:
    return any(letter.islower() for letter in text)
