"""Notices as papers: in the languages and layouts that may be given, addressed to a family or to nobody, as a PDF or as a web page."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents import notice as paper
from pupil_desk.documents import notice_slip
from pupil_desk.documents.blocks import Block, CodedPages, Heading
from pupil_desk.documents.prose import blocks_of
from pupil_desk.domain.notice import ENGLISH, STANDARD, WHOLE, Edition, Letter
from pupil_desk.domain.notice_edition import NoticeProse, Said
from pupil_desk.services import notice_text, notice_words
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import promised_exports
from pupil_desk.services.guard import guard
from pupil_desk.services.notice_editions import current_edition, said_by, said_now
from pupil_desk.services.roles import Action

if TYPE_CHECKING:
    from pupil_desk.documents.page import Document
    from pupil_desk.documents.style import Look

PDF, HTML = "pdf", "html"
_TITLES = {"easy": _("Privacy notice, easy to read"), "pupil": _("Privacy notice for pupils")}


@dataclass(frozen=True, slots=True)
class Version:
    """In which language and layout a notice is given."""

    language: str = ENGLISH
    variant: str = STANDARD

    @property
    def whole(self) -> bool:
        """Whether it says all that the law asks."""
        return self.variant in WHOLE

    @property
    def words(self) -> str:
        """«As usual», «Polish», «Polish, large print»."""
        language, variant = codelist("notice_language").label_of(self.language), codelist("notice_variant").label_of(self.variant)
        if self.language == ENGLISH:
            return variant
        return language if self.variant == STANDARD else _("{language}, {variant}").format(language=language, variant=variant.lower())


AS_USUAL = Version()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A notice as a story. ``further`` are the tables in English that follow a translation, as a part of their own.

    ``stamp`` stands at the head of each page where something must be kept from somebody about the pupil. ``slip`` is the page by which
    the family says that they have it: last of all, and on a sheet of its own, since it is sent back.
    """

    story: Sequence[Block]
    title: str
    footer: str
    version: Version = AS_USUAL
    further: Sequence[Block] = ()
    stamp: str = ""
    slip: CodedPages | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One family's notice, with a file name that says nothing of the pupil but our reference."""

    letter: Letter
    sheet: Sheet
    file_stem: str

    @property
    def story(self) -> Sequence[Block]:
        """Its blocks, but for tables that follow a translation."""
        return self.sheet.story

    @property
    def title(self) -> str:
        """Its title."""
        return self.sheet.title

    @property
    def footer(self) -> str:
        """The foot of each page: the unit, and which edition it is."""
        return self.sheet.footer


def versions(desk: Desk) -> list[Version]:
    """The languages and layouts that may be given today; as usual first. What is usual is there in large print, too."""
    found = []
    for words in notice_words.every(desk):
        if notice_words.may_be_given(words, desk.today):
            found.append(Version(*words.place))
            if words.place[1] == STANDARD:
                found.append(Version(words.place[0], "large"))
    return found


def wished(letters: Iterable[Letter]) -> Version:
    """In which language these families would like the notice; as usual where they differ, or have said nothing. It need not be one that may be given."""
    languages = {letter.language for letter in letters}
    return Version(languages.pop() or ENGLISH) if len(languages) == 1 else AS_USUAL


def prose_for(desk: Desk, version: Version) -> NoticeProse:
    """The words of a version. Raises WrongUse where there are none, or they may not be given."""
    place = (version.language, STANDARD if version.whole else version.variant)
    found = next((words for words in notice_words.every(desk) if words.place == place), None)
    if found is None or found.current is None or not notice_words.may_be_given(found, desk.today):
        raise WrongUse(_("The notice cannot be given so: the words are not there, not checked, or of an older edition. See “Words and checklist” on the Notices page."))
    return found.current


def papers(desk: Desk, letters: Iterable[Letter], version: Version = AS_USUAL, slips: Mapping[Letter, CodedPages] | None = None) -> Iterator[Paper]:
    """The notices for letters, one story each, with the slips that go with them. Logged per pupil when they are printed or saved, by
    ``notices.printed``. Raises WrongUse."""
    desk.require(Action.PRINT_NOTICE)
    settings, said, edition = desk.settings, said_now(desk), current_edition(desk)
    setting = _Setting(said, prose_for(desk, version), version, _footer(settings.name, edition))
    counts: dict[str, int] = {}
    letters = list(letters)
    held = guard(desk, {letter.pupil.id for letter in letters}, "notice", out=True)
    for letter in letters:
        ref = letter.pupil.ref
        counts[ref] = counts.get(ref, 0) + 1
        envelope = paper.Envelope(
            address=(*letter.names, *letter.address),
            sender=(settings.name, *settings.address_lines),
            about=letter.pupil.legal_name,
        )
        stamp = held.stamp_for(letter.pupil.id) if version.whole else ""  # what goes beside it names nobody
        made = dataclasses.replace(setting.sheet(envelope), stamp=stamp, slip=slips.get(letter) if slips else None)
        yield Paper(letter, made, f"{_stem(version)}-{ref}-{counts[ref]}")


def specimen(desk: Desk, edition: Edition, version: Version = AS_USUAL, *, slip: bool = False) -> Sheet | None:
    """An edition addressed to nobody, with a slip that asks nobody if wanted; None where what it said is not on file. It was so when it was current."""
    said = said_by(desk, edition)
    if said is None:
        return None
    name = str(said.filling.get("unit", desk.settings.name))
    main = NoticeProse(front=said.front, more=said.more)
    prose = main if version in (AS_USUAL, Version(ENGLISH, "large")) else prose_for(desk, version)
    envelope = paper.Envelope(address=(_("A specimen, addressed to nobody"),), sender=(name,), about=_("(the pupil’s name)"))
    made = _Setting(said, prose, version, _footer(name, edition)).sheet(envelope)
    return dataclasses.replace(made, slip=notice_slip.specimen(name, edition.name)) if slip else made


def draft(desk: Desk, prose: NoticeProse) -> Sheet:
    """Words that are not in use yet, as they would be printed. Raises KeyError for a name that nothing fills: check them first."""
    version = Version(prose.language, prose.variant)
    footer = _("{unit}. A draft of the privacy notice.").format(unit=desk.settings.name)
    said = notice_text.said(desk.settings, desk.today, prose if prose.is_main else notice_words.current(desk), promised_exports(desk))
    return _Setting(said, prose, version, footer).sheet(None)


class _Setting:
    """Sets one edition in one version, for whom it may be."""

    def __init__(self, said: Said, prose: NoticeProse, version: Version, footer: str) -> None:
        self._said, self._prose, self._version, self._footer = said, prose, version, footer
        self._title = _title(version, prose)
        self._annex = dataclasses.replace(notice_text.annex_from(said), more=prose.more or said.more)
        self._further = () if not version.whole or version.language == ENGLISH else self._tables()

    def sheet(self, envelope: paper.Envelope | None) -> Sheet:
        """What goes beside the whole notice bears no address: it lies in the same envelope, and its first side is all its own."""
        prose, filling = self._prose, self._said.filling
        if not self._version.whole:
            return Sheet(blocks_of(f"{prose.front}\n\n{prose.more}".strip(), filling), self._title, self._footer, self._version)
        if self._version.language == ENGLISH:
            return Sheet(paper.story(prose.front, filling, self._annex, envelope), self._title, self._footer, self._version)
        own = f"{prose.front}\n\n{prose.more}".strip()
        return Sheet(paper.addressed(blocks_of(own, filling), envelope), self._title, self._footer, self._version, self._further)

    def _tables(self) -> Sequence[Block]:
        """The tables as a part of their own, in English: with the English words that close them, unless the translation has its own."""
        closing = () if self._prose.more.strip() else blocks_of(self._said.more, self._said.filling)
        return (Heading(1, _("Privacy notice: the tables, in English")), *paper.annex_part(self._annex), *closing)


def _title(version: Version, prose: NoticeProse) -> str:
    """A translation is titled as it is headed."""
    if version.language != ENGLISH:
        return prose.front.split("\n", 1)[0].lstrip("# ").strip()
    return _TITLES.get(version.variant, _("Privacy notice"))


def _footer(unit: str, edition: Edition) -> str:
    return _("{unit}. Privacy notice, edition {edition}.").format(unit=unit, edition=edition.name)


def _stem(version: Version) -> str:
    parts = ["privacy-notice", *([version.variant] if version.variant != STANDARD else []), *([version.language] if version.language != ENGLISH else [])]
    return "-".join(parts)


# -- as files


def look_of(version: Version) -> "Look":
    """How it is set."""
    from pupil_desk.documents.style import Look

    return {"large": Look.LARGE, "easy": Look.EASY}.get(version.variant, Look.STANDARD)


def language_of(version: Version) -> str:
    """Its language, as a PDF and a web page name it."""
    return "en-GB" if version.language == ENGLISH else version.language


def file_of(sheet: Sheet, form: str = PDF) -> bytes:
    """A notice as a file. The same notice makes the same bytes on one machine: what was given is kept, never made again. Raises CannotPrint."""
    from pupil_desk.documents.page import build_pdf, build_print_file
    from pupil_desk.documents.web import build_web

    version, lang = sheet.version, language_of(sheet.version)
    if form == HTML:
        return build_web([*sheet.story, *sheet.further[1:]], title=sheet.title, lang=lang, look=look_of(version), stamp=sheet.stamp)
    if sheet.further or sheet.slip:
        return build_print_file(in_print_file(sheet), title=sheet.title, lang=lang, two_sided=sheet.slip is not None)
    return build_pdf(sheet.story, title=sheet.title, footer=sheet.footer, lang=lang, look=look_of(version), stamp=sheet.stamp)


def in_print_file(sheet: Sheet) -> "list[Document]":
    """A notice as documents of a file to print: the tables that follow a translation are one of their own, and so is the slip."""
    from pupil_desk.documents.page import Document

    version, look = sheet.version, look_of(sheet.version)
    made = [Document(sheet.story, sheet.title, sheet.footer, lang=language_of(version), look=look, stamp=sheet.stamp)]
    if sheet.further:
        made.append(Document(sheet.further, _("Privacy notice: the tables, in English"), sheet.footer, lang=language_of(AS_USUAL), look=look, stamp=sheet.stamp))
    if sheet.slip is not None:
        made.append(Document([sheet.slip], notice_slip.TITLE, lang=language_of(AS_USUAL), stamp=sheet.stamp))
    return made
