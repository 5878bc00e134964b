"""A comparison in one sentence."""

from collections.abc import Mapping, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of, join_words

_NAMED = 6  # fields named in the sentence; the rest stand in the list


def sentence(
    *,
    removed: int,
    new: int,
    elsewhere: int,
    fields: Mapping[tuple[str, bool], int],
    levels: Mapping[str, int],
    rows_new: int,
    rows_gone: int,
    unchanged: int,
    off_file: int,
    columns_new: Sequence[str],
    columns_gone: Sequence[str],
) -> str:
    """«3 pupils would now be left out, 2 have a new address; 22 are the same.» ``fields`` counts pupils by what differs, and whether it is empty now."""
    parts = [
        (removed, _("would now be left out"), _("would now be left out")),
        (new, _("is new"), _("are new")),
        (elsewhere, _("would go to others than then"), _("would go to others than then")),
        *(
            (number, *_of_field(field_name, empty=empty))
            for (field_name, empty), number in sorted(fields.items(), key=lambda counted_field: (-counted_field[1], counted_field[0]))[
                :_NAMED
            ]
        ),
        *((number, *_at_level(level)) for level, number in sorted(levels.items())),
        (rows_new, _("has entries that were not there"), _("have entries that were not there")),
        (rows_gone, _("no longer has entries that were there"), _("no longer have entries that were there")),
        (off_file, _("is no longer on file"), _("are no longer on file")),
    ]
    phrases = [(number, singular_phrase, many) for number, singular_phrase, many in parts if number]
    words = []
    for place, (number, singular, many) in enumerate(phrases):
        subject = count_of(number, _("pupil"), _("pupils")) if place == 0 else f"{number:,}"
        words.append(f"{subject} {singular if number == 1 else many}")
    if len(fields) > _NAMED:
        words.append(_("and more differs, see the list"))
    unchanged_words = _unchanged_words(unchanged, alone=not phrases)
    sentences = [f"{join_words(words)}; {unchanged_words}." if words else f"{unchanged_words}."]
    for headings, template in (
        (columns_new, _("Columns that are new: {columns}.")),
        (columns_gone, _("Columns that are no longer there: {columns}.")),
    ):
        if headings:
            sentences.append(template.format(columns=", ".join(headings)))
    return " ".join(sentences)


def _of_field(field_name: str, *, empty: bool) -> tuple[str, str]:
    if empty:
        return _("no longer has: {what}").format(what=field_name), _("no longer have: {what}").format(what=field_name)
    return _("has a new {what}").format(what=field_name), _("have a new {what}").format(what=field_name)


def _at_level(level: str) -> tuple[str, str]:
    words = _("would now go at the level {level}").format(level=codelist("level").label_of(level).lower())
    return words, words


def _unchanged_words(number: int, *, alone: bool) -> str:
    if alone and not number:
        return _("Nobody was in it, and nobody would be today")
    if alone:
        return _("Nothing differs: {pupils} would go as they did").format(pupils=count_of(number, _("pupil"), _("pupils")))
    if not number:
        return _("nobody is the same")
    return _("{number} are the same").format(number=f"{number:,}") if number > 1 else _("1 is the same")
