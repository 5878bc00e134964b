"""What became of the rows of a file beside the counts: of which nothing was taken, by their numbers, in words."""

from collections.abc import Iterable, Iterator, Sequence

from pupil_desk.basics.words import _, some_of


def set_aside_words(not_decided: Sequence[int], left_out: Sequence[int]) -> Iterator[str]:
    """How many rows are not decided and how many left out, and which; nothing for those of which there is none."""
    for numbers, words in ((not_decided, _("{number} not decided ({rows})")), (left_out, _("{number} left out ({rows})"))):
        if numbers:
            yield words.format(number=f"{len(numbers):,}", rows=rows_words(numbers))


def rows_words(numbers: Sequence[int]) -> str:
    """«row 5», «rows 5 and 7», «rows 2 to 55 and 60»."""
    texts = [
        f"{first:,}" if first == last else _("{first} to {last}").format(first=f"{first:,}", last=f"{last:,}")
        for first, last in _runs(numbers)
    ]
    return (_("row {numbers}") if len(numbers) == 1 else _("rows {numbers}")).format(numbers=some_of(texts))


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers that follow each other, as the first and the last of them."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
