"""The words of the notice: the program's own, the unit's in their place, drafts, and what the law still asks of them.

A draft is written freely. It is made current only once nothing that the law asks for is missing; then it is kept for good.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import by_rules, rule_text
from pupil_desk.basics.text import tidy, tidy_lines
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import ENGLISH, STANDARD, WHOLE
from pupil_desk.domain.notices.check import ElementStanding
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.translations.checking import OTHER_WORDS, is_check_of_others, is_checked, unsaid_of_checking
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.notices import notice_text
from pupil_desk.services.notices.checklist import MAIN, Place, checked, problems
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import notice_editions as store

_KIND = "notice-words"
_SUFFIX = {STANDARD: "notice", "easy": "notice_easy", "pupil": "notice_pupil"}  # the program's own files, by layout


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What is being written in one language and layout, since when and by whom."""

    language: str
    variant: str
    front: str
    more: str
    moment: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words in one place: those that are current (None where there are none yet), the draft, and what a reader must know.

    ``made_current`` is when the unit's own were made current, and by whom. ``behind``: a translation of words that are no longer current, or
    words beside them that were written before. ``newer``: the program's own have changed since the unit wrote over them.
    """

    place: Place
    current: NoticeProse | None
    draft: NoticeDraft | None = None
    made_current: tuple[datetime, str] | None = None
    behind: bool = False
    newer: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether they say all that the law asks, as the others beside them need not."""
        return self.place[1] in WHOLE


@by_rules
def _shipped_file(language: str, variant: str) -> NoticeProse | None:
    place, last_place = ("words", language, f"{_SUFFIX[variant]}.md"), ("words", language, f"{_SUFFIX[variant]}_more.md")
    if not resource(*place).is_file():
        return None
    front, last_part = rule_text(*place), rule_text(*last_place) if resource(*last_place).is_file() else ""
    digest = notice_text.digest_of(front, last_part)
    return NoticeProse(
        id=f"{notice_text.SHIPPED}{digest[:27]}", language=language, variant=variant, front=front, more=last_part, shipped=digest
    )


def shipped(place: Place) -> NoticeProse | None:
    """The program's own words in one place; None where it brings none. A translation that it brings is a draft until it is checked."""
    return notice_text.shipped() if place == MAIN else _shipped_file(*place)


def current(desk: Desk, place: Place = MAIN) -> NoticeProse:
    """The words in use. Raises WrongUse where there are none."""
    return required(
        _latest(desk).get(place) or (shipped(place) if place[0] == ENGLISH else None),
        _("There are no words of the notice in that language yet. Write them first."),
    )


def _latest(desk: Desk) -> dict[Place, NoticeProse]:
    """The unit's own words in use, by place."""
    latest = {prose.place: prose for prose in store.proses(desk.vault)}
    return {place: prose for place, prose in latest.items() if not prose.retired}


def words_of_every_place(desk: Desk) -> list[PlaceWords]:
    """The words in every place in which there are some, or a draft, or the program brings some; English as usual first."""
    desk.require(Action.READ_RECORD)
    latest, made_by_id = _latest(desk), {row["id"]: (local_time(row["at"]), row["by"]) for row in store.prose_rows(desk.vault)}
    drafts = {(row["language"], row["variant"]): _draft(row) for row in store.drafts(desk.vault)}
    shipped_places = {
        (language, variant) for language in codelist("notice_language").codes for variant in _SUFFIX if shipped((language, variant))
    }
    places = sorted({MAIN, *latest, *drafts, *shipped_places}, key=lambda place: (place != MAIN, place[0] != ENGLISH, place))
    main = current(desk)
    all_words = []
    for place in places:
        unit_words = latest.get(place)
        now = unit_words or (shipped(place) if place[0] == ENGLISH else None)
        shipped_words = shipped(place)
        all_words.append(
            PlaceWords(
                place,
                now,
                drafts.get(place),
                made_by_id.get(unit_words.id) if unit_words else None,
                behind=unit_words is not None and place != MAIN and unit_words.of_prose != main.id,
                newer=unit_words is not None and shipped_words is not None and unit_words.shipped != shipped_words.shipped,
            )
        )
    return all_words


def _draft(row: Row) -> NoticeDraft:
    return NoticeDraft(row["language"], row["variant"], row["front"], row["more"], local_time(row["at"]), actor=row["by"])


def draft_or_current(desk: Desk, place: Place) -> NoticeDraft:
    """The draft in one place: what is written there so far, else the current words, the program's, or the English ones to translate."""
    desk.require(Action.EDIT_NOTICE, _KIND, "/".join(place))
    for row in store.drafts(desk.vault):
        if (row["language"], row["variant"]) == place:
            return _draft(row)
    prose = _latest(desk).get(place) or shipped(place) or current(desk, (ENGLISH, place[1]) if place[1] in _SUFFIX else MAIN)
    return NoticeDraft(*place, prose.front, prose.more, desk.clock.now(), desk.user.name)


def save_draft(desk: Desk, place: Place, front: str, last_part: str) -> Changed:
    """Keep what is written so far. It may lack anything: it is not in use. Raises WrongUse for a place that there cannot be."""
    _check_place(place)
    with desk.act(Action.EDIT_NOTICE, _KIND, "/".join(place), "draft saved") as work:
        store.keep_draft(desk.vault, place, tidy_lines(front), tidy_lines(last_part), moment=work.stamp, actor=work.actor)
    return Changed.of("notice-words")


def drop_draft(desk: Desk, place: Place) -> Changed:
    """Throw a draft away; what is in use stays."""
    with desk.act(Action.EDIT_NOTICE, _KIND, "/".join(place), "draft thrown away"):
        store.drop_draft(desk.vault, place)
    return Changed.of("notice-words")


def _check_place(place: Place) -> None:
    language, variant = place
    if codelist("notice_language").get(language) is None or variant not in _SUFFIX:
        raise WrongUse(_("The notice cannot be written in that language or layout. Choose one from the list."))


# -- making words current


def fields(desk: Desk) -> dict[str, str]:
    """What may be put into the words, by name, each as it would be printed today."""
    filling = notice_text.filling_of(desk.settings, desk.today, desk.schedule, uses.unnamed(desk))
    return {
        name: value if isinstance(value, str) else ", ".join(part if isinstance(part, str) else ": ".join(part) for part in value)
        for name, value in filling.items()
    }


def stands_against(desk: Desk, prose: NoticeProse, *, is_check_new: bool = False) -> tuple[Problem, ...]:
    """Why words cannot be made current: they cannot be printed, the law asks for more, or a translation has the check of other words.

    ``is_check_new`` is whether the check was stated with these very words, though its name and its day are those of an earlier one.
    """
    obstacles = [*problems(desk, prose.place, prose.front, prose.more)]
    missing = [check for check in checked(desk, prose.place, prose.front, prose.more) if check.standing is ElementStanding.MISSING]
    obstacles += [Problem("front", "law", _("{what}: {todo}").format(what=check.element.label, todo=check.todo)) for check in missing]
    if prose.language != ENGLISH:
        obstacles += unsaid_of_checking(prose.translated_by, prose.checked_by, prose.checked_on, desk.today)
        if not is_check_new and _is_check_of_others(desk, prose):
            obstacles.append(Problem("checked_by", "other_words", OTHER_WORDS))
    return tuple(obstacles)


def _is_check_of_others(desk: Desk, prose: NoticeProse) -> bool:
    """Whether the check of a translation is that of an earlier version which read otherwise, or was of other English."""
    versions = [
        ((version.checked_by, version.checked_on), (tidy_lines(version.front), tidy_lines(version.more), version.of_prose))
        for version in store.proses(desk.vault)
        if version.place == prose.place
    ]
    words = tidy_lines(prose.front), tidy_lines(prose.more), current(desk).id
    return is_check_of_others((_name(prose.checked_by), prose.checked_on), words, versions)


def keep_current(work: Work, prose: NoticeProse, *, is_check_new: bool = False) -> NoticeProse:
    """Within a transaction: make words current in their place; the draft there goes. Raises Refused, WrongUse.

    Nothing is kept where the words are those in use and a translation is neither checked nor done anew. ``is_check_new`` as of ``stands_against``.
    """
    desk = work.desk
    _check_place(prose.place)
    tidied = dataclasses.replace(
        prose,
        front=tidy_lines(prose.front),
        more=tidy_lines(prose.more),
        translated_by=_name(prose.translated_by),
        checked_by=_name(prose.checked_by),
    )
    refuse(stands_against(desk, tidied, is_check_new=is_check_new))
    current_prose, shipped_prose, main = _latest(desk).get(prose.place), shipped(prose.place), current(desk)
    if _is_unchanged(current_prose or (shipped_prose if prose.language == ENGLISH else None), tidied, main):
        raise WrongUse(_("These are the words in use already. Change them first."))
    versions = [stored.version for stored in store.proses(desk.vault) if stored.place == prose.place]
    new_prose = dataclasses.replace(
        tidied,
        id=new_id(),
        version=max(versions, default=0) + 1,
        shipped=shipped_prose.shipped if shipped_prose else "",
        of_prose="" if prose.place == MAIN else main.id,
        retired=False,
    )
    store.add_prose(desk.vault, new_prose, moment=work.stamp, actor=work.actor)
    store.drop_draft(desk.vault, prose.place)
    return new_prose


def _name(text: str | None) -> str | None:
    return tidy(text or "") or None


def _is_unchanged(current_prose: NoticeProse | None, new: NoticeProse, main: NoticeProse) -> bool:
    if current_prose is None or (current_prose.of_prose and current_prose.of_prose != main.id):
        return False
    return [
        tidy_lines(current_prose.front),
        tidy_lines(current_prose.more),
        current_prose.translated_by,
        current_prose.checked_by,
        current_prose.checked_on,
    ] == [new.front, new.more, new.translated_by, new.checked_by, new.checked_on]


def make_current(desk: Desk, prose: NoticeProse, *, is_check_new: bool = False) -> Changed:
    """Make words current that are no edition of their own: a translation, or what goes beside the whole notice. Raises Refused, WrongUse.

    A check of other words than these does not go over to them: ``is_check_new`` as of ``stands_against``.
    """
    if prose.place == MAIN:
        raise WrongUse(_("The words in English make a new edition. Make that one current."))
    with desk.act(Action.EDIT_NOTICE, _KIND, "/".join(prose.place), "made current") as work:
        keep_current(work, prose, is_check_new=is_check_new)
    return Changed.of("notice-words", "notice")


def use_shipped(work: Work, place: Place) -> None:
    """Within a transaction: give a place back to the program's own words. Raises WrongUse where it has them already."""
    current_prose = required(_latest(work.desk).get(place), _("The program’s own words are in use already."))
    version = max(prose.version for prose in store.proses(work.desk.vault) if prose.place == place) + 1
    store.add_prose(
        work.desk.vault, dataclasses.replace(current_prose, id=new_id(), version=version, retired=True), moment=work.stamp, actor=work.actor
    )
    store.drop_draft(work.desk.vault, place)


def take_back(desk: Desk, place: Place) -> Changed:
    """Use the unit's own words no longer, in a place that makes no edition. What was given stays on record. Raises WrongUse."""
    if place == MAIN:
        raise WrongUse(_("The words in English make a new edition. Make that one current."))
    with desk.act(Action.EDIT_NOTICE, _KIND, "/".join(place), "no longer used") as work:
        use_shipped(work, place)
    return Changed.of("notice-words", "notice")


def may_be_given(words: PlaceWords, day: date) -> bool:
    """Whether the words in a place may be given on a day: checked, and not a translation of what is no longer said."""
    prose = words.current
    return (
        prose is not None
        and prose.ready
        and not (words.behind and words.is_whole)
        and (prose.language == ENGLISH or is_checked(prose.checked_on, day))
    )
