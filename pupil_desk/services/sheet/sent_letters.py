"""What a pupil's sheet tells of letters that were sent: each with the language in which it went, and its English beside the translation."""

from collections.abc import Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.services.sheet.entries import SheetEntry, of_rows
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import letters, paper_translations, requests


def of_families(vault: Vault, pupil_id: str) -> tuple[SheetEntry, ...]:
    """The letters by template printed about a pupil. The words of one that went in another language stand in both, with what was filled in left open."""
    rows = letters.sent_of(vault, pupil_id)
    entries = of_rows(rows, "letter_sent", without=("english",))
    return _with_languages(vault, rows, entries, with_english=True)


def of_requests(vault: Vault, pupil_id: str) -> tuple[SheetEntry, ...]:
    """The letters of a pupil's cases, which are kept word for word in English."""
    rows = requests.told_letters(vault, pupil_id)
    return _with_languages(vault, rows, of_rows(rows, "request_letter"), with_english=False)


def _with_languages(vault: Vault, rows: Sequence[Row], entries: Sequence[SheetEntry], *, with_english: bool) -> tuple[SheetEntry, ...]:
    translations = {translation.id: translation for translation in paper_translations.everything(vault)}
    entries_told = []
    for row, entry in zip(rows, entries, strict=True):
        translation = translations.get(row["translation"] or "")
        if row["language"] == ENGLISH or translation is None:
            entries_told.append(entry)
            continue
        words = "\n".join(translation.words.values())
        facts = [("translated", _("Words of the translation, with what was filled in left open"), words, words)]
        if with_english:
            facts.append(("english", _("The same in English, as it went with it"), row["english"], row["english"]))
        label = codelist("notice_language").label_of(row["language"])
        language = _("{language}, with the English behind it").format(language=label)
        entries_told.append(SheetEntry((*entry.worded(language=language).facts, *facts)))
    return tuple(entries_told)
