"""What is said of the words of the notice: which they are, how they stand, and what a new edition would change."""

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.notices.change import ChangeGravity, NoticeChange, gravest
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.notices.notice_papers import Version
from pupil_desk.services.notices.notice_words import PlaceWords

_NAMED = 6  # changes named in the question; the rest are counted


def title(words: PlaceWords) -> str:
    """Which words they are, and whether they are in use."""
    name = Version(*words.place).words if words.place != MAIN else _("The notice in English")
    if words.draft is not None:
        return _("{title}: a draft is begun").format(title=name)
    if words.current is None:
        return _("{title}: to be checked").format(title=name)
    return name


def state(words: PlaceWords) -> str:
    """Whose words they are, since when, and what is to be done with them."""
    sentences = []
    if words.current is None:
        sentences.append(_("Not in use. The program brings a first translation: have it checked by somebody who speaks the language."))
    elif words.made_current is not None:
        sentences.append(
            _("The unit’s own words, made current by {who} on {day}.").format(
                who=words.made_current[1], day=short_date(words.made_current[0].date())
            )
        )
    else:
        sentences.append(_("The program’s own words are in use."))
    if words.draft is not None:
        sentences.append(
            _("A draft was saved by {who} on {day}; it is not in use.").format(
                who=words.draft.actor, day=short_date(words.draft.moment.date())
            )
        )
    if words.behind:
        sentences.append(_("The English words have changed since: bring these up to them, and make them current."))
    if words.newer:
        sentences.append(_("The program’s own words have changed since these were written. Look whether something is new in law."))
    prose = words.current
    if prose is not None and prose.translated_by is not None and prose.checked_on is not None:
        sentences.append(
            _("Translated by {who}, checked by {checker} on {day}.").format(
                who=prose.translated_by, checker=prose.checked_by, day=short_date(prose.checked_on)
            )
        )
    if prose is not None and not prose.ready:
        sentences.append(_("Nobody has checked this translation, so it cannot be given."))
    return " ".join(sentences)


def changes_in_words(changes: tuple[NoticeChange, ...]) -> str:
    """What a new edition would change, a line for each, and whether families must be given it again."""
    if not changes:
        return _("It becomes the first edition of the unit’s own. Whoever has none is to be given it.")
    lines = [change.words for change in changes[:_NAMED]]
    if len(changes) > _NAMED:
        lines.append(_("And {changes} more.").format(changes=count_of(len(changes) - _NAMED, _("change"), _("changes"))))
    grave = gravest(changes) is ChangeGravity.REISSUE
    lines.append(
        _("It must be given again to every family that has an older edition.")
        if grave
        else _("These changes are small: families may be told with the next edition.")
    )
    return "\n".join(lines)
