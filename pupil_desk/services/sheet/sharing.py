"""What a pupil's sheet tells of what the family and the pupil said: choices about sharing, the asking about them, and consents.

The section of forms: what was printed, what came of each, and pages that came back and wait for a person.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.domain.papers.paper_form import Aside, FormStep
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.domain.translations.translation import PaperTranslation
from pupil_desk.services.sheet.entries import LABELS, SheetEntry, SheetSection, in_words, of_record, of_rows
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import choices, consents, paper_forms, paper_translations, register_sheets, scans, wish_steps


def sections(vault: Vault, pupil_id: str) -> list[SheetSection]:
    """Sharing, consents, who decides on them, and the occasions that they are for."""
    competence, occasions = consents.found_rows(vault, pupil_id), consents.invitations_of(vault, pupil_id)
    return [
        SheetSection("choices", _("Sharing choices"), _choices(vault, pupil_id)),
        SheetSection("wishes", _("Asking about sharing"), _wishes(vault, pupil_id)),
        SheetSection("consents", _("Consents"), tuple(_consents(vault, pupil_id))),
        SheetSection("competence", _("Who decides on consents: what was found"), of_rows(competence, "consent_competence")),
        SheetSection("occasions", _("Trips and occasions"), of_rows(occasions, "consent_invitation")),
    ]


def _choices(vault: Vault, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every choice, those taken back too, of which it is said why."""
    back = {row["id"]: row["back_because"] for row in choices.recordings(vault, pupil_id) if row["back_because"]}
    wordings, entries = wish_steps.wordings(vault), []
    for choice in choices.all_of_pupil(vault, pupil_id):
        reasons = {"back_because": (LABELS["back_because"], back[choice.id])} if choice.id in back else {}
        entries.append(of_record(choice, **reasons, **_words_shown(choice, wordings)))
    return tuple(entries)


def _wishes(vault: Vault, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Who was asked, reminded and told, entries taken back too, each with who recorded it and when."""
    recorded, wordings, entries = {row["id"]: row for row in wish_steps.recordings(vault, pupil_id)}, wish_steps.wordings(vault), []
    for step in wish_steps.of_pupil(vault, pupil_id):
        row = recorded[step.id]
        facts = (
            *of_record(step, **_words_shown(step, wordings)).facts,
            ("at", LABELS["at"], row["at"], in_words("at", row["at"])),
            ("recorded_by", LABELS["recorded_by"], row["name"], row["name"] or ""),
        )
        entries.append(SheetEntry(facts))
    return tuple(entries)


def _words_shown(statement: Choice | WishStep, wordings: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """The words that were shown, and their language, where they are known."""
    wording = wordings.get(statement.wording_id or "")
    return (
        {
            "wording": (_("Words shown"), wording["text"]),
            "language": (_("Their language"), codelist("notice_language").label_of(wording["language"])),
        }
        if wording
        else {}
    )


def _consents(vault: Vault, pupil_id: str) -> Iterator[SheetEntry]:
    """Everything asked and said, each with when and by whom it was recorded and on which edition of the words; of what was taken back, why."""
    rows = {row["id"]: row for row in consents.recordings(vault, pupil_id)}
    translations = _translations(vault)
    for event in consents.all_of_pupil(vault, pupil_id):
        row = rows[event.id]
        first = {"wording": (_("Edition of the words"), row["wording"])}
        if row["back_because"]:
            first["back_because"] = (LABELS["back_because"], row["back_because"])
        worded = of_record(event, **first).worded(language=_languages(event.language, translations.get(event.translation or "")))
        facts = (*worded.facts, ("at", LABELS["at"], row["at"], in_words("at", row["at"])))
        yield SheetEntry((*facts, ("recorded_by", LABELS["recorded_by"], row["name"], row["name"] or "")))


def _translations(vault: Vault) -> dict[str, PaperTranslation]:
    return {translation.id: translation for translation in paper_translations.everything(vault)}


def _languages(language: str | None, translation: PaperTranslation | None) -> str:
    """The language of a form, and that of the page beside it."""
    label_of = codelist("notice_language").label_of
    if translation is None:
        return label_of(language)
    return _("{form}, with a page in {other}").format(form=label_of(ENGLISH), other=label_of(translation.language))


_STEPS = {
    FormStep.BACK: _("Came back, and was confirmed"),
    FormStep.NOT_BACK: _("Confirmed by mistake, and undone"),
    FormStep.GIVEN_UP: _("No longer waited for"),
    FormStep.REPLACED: _("A later form took its place"),
    FormStep.LOOKED_FOR: _("Waited for again"),
}


def forms(vault: Vault, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every form printed about a pupil; after them scanned pages that wait for confirmation, and registers on paper that may come back."""
    rows, came = paper_forms.of_pupil(vault, pupil_id), paper_forms.steps_of(vault, pupil_id)
    entries, translations = [], _translations(vault)
    for row, entry in zip(rows, of_rows(rows, "paper_form"), strict=True):
        steps = [_step(step) for step in came if step["form_id"] == row["record_id"]]
        facts = [("step", _("What came of it"), words, words) for words in steps]
        translation = translations.get(row["translation"] or "")
        languages = {"language": _languages(None, translation)} if translation is not None else {}
        if translation is not None:
            page_words = "\n".join(translation.words.values())
            facts.insert(0, ("page", _("Words of the translation that the page was made from"), page_words, page_words))
        entries.append(SheetEntry((*entry.worded(**languages).facts, *facts)))
    sheets = [_register_sheet(row) for row in register_sheets.of_pupil(vault, pupil_id)]
    return (*entries, *(_waiting(page) for page in scans.of_pupil(vault, pupil_id)), *sheets)


def _register_sheet(row: Row) -> SheetEntry:
    first, last = (show_date(date.fromisoformat(row[name])) for name in ("first", "last"))
    days = first if first == last else _("{first} to {last}").format(first=first, last=last)
    words = _("{group}, {days}; printed by {who}").format(group=row["title"], days=days, who=row["printed_by"])
    return SheetEntry(
        (
            ("register_sheet", _("A register on paper with the pupil’s name"), words, words),
            ("at", _("Printed on"), row["at"], show_date(local_time(row["at"]).date())),
        )
    )


def _step(row: Row) -> str:
    day = show_date(local_time(row["at"]).date())
    words = _("{what}, {day}, by {who}").format(what=_STEPS[FormStep(row["step"])], day=day, who=row["recorded_by"])
    return _("{words}: {reason}").format(words=words, reason=row["because"]) if row["because"] else words


def _waiting(row: Row) -> SheetEntry:
    words = _("A scanned page, not confirmed yet; nothing on it counts until somebody has confirmed it")
    if row["aside"]:
        words = _("A scanned page, set aside: {why}").format(why=Aside(row["aside"]).words)
    return SheetEntry(
        (("scan", _("Waiting"), row["at"], words), ("at", _("Read in on"), row["at"], show_date(local_time(row["at"]).date())))
    )
