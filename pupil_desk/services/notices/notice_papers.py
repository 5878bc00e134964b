"""Notices as papers: in the languages and layouts that may be given, addressed to a family or to nobody, as a PDF or as a web page.

The notice has two layers: what everyone reads, on two sides, and the tables of every detail. A family's paper is the two sides with the
pupil's own side, and the tables too where the unit gives them; a web page has both layers.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, CodedPages, Heading, Para, Story, texts_of
from pupil_desk.documents.papers import notice as paper
from pupil_desk.documents.papers import notice_slip
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.prose import blocks_of
from pupil_desk.documents.typography.languages import lang_as_written
from pupil_desk.domain.notices.addressees import ENGLISH, PUPIL, STANDARD, WHOLE, Edition, Letter
from pupil_desk.domain.notices.change import names_in
from pupil_desk.domain.notices.edition import EditionContent, NoticeProse
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import promised_exports
from pupil_desk.services.guard import guard
from pupil_desk.services.notices import notice_text, notice_words
from pupil_desk.services.notices.notice_editions import current_edition, said_by, said_now
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document
    from pupil_desk.documents.pdf.style import PrintLook

PDF, HTML = "pdf", "html"
TABLES_FIELD = "tables_contact"
"""The field by which words say where the tables are and how to have them."""
TABLES = _("Privacy notice: the tables")
_TITLES = {"easy": _("Privacy notice, easy to read"), "pupil": _("Privacy notice for pupils")}


@dataclass(frozen=True, slots=True)
class Version:
    """In which language and layout a notice is given."""

    language: str = ENGLISH
    variant: str = STANDARD

    @property
    def is_whole(self) -> bool:
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
class NoticeParts:
    """What a paper has beside the layer that everyone reads: the tables, the pupil's own side, a slip."""

    with_tables: bool = True
    with_pupil_side: bool = False
    with_slip: bool = False


BOTH_LAYERS = NoticeParts()
"""An edition as it is listed and printed for the office: nothing beside the two layers."""


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """A notice as stories: ``story`` is the layer that everyone reads, ``tables`` the other, in English whatever the notice is in.

    ``with_tables`` is whether the paper has the tables; the web page always does. ``pupil`` is the side that the pupil is given with
    the family's, and ``slip`` the page by which the family says that they have it: each on a sheet of its own, the slip last of all,
    since it is sent back. ``stamp`` stands at the head of each page that is about the pupil, where something must be kept from somebody.
    """

    story: Sequence[Block]
    title: str
    footer: str
    version: Version = AS_USUAL
    tables: Sequence[Block] = ()
    with_tables: bool = False
    stamp: str = ""
    pupil: "NoticeSheet | None" = None
    slip: CodedPages | None = None

    @property
    def parts(self) -> NoticeParts:
        """What its paper has beside the layer that everyone reads."""
        return NoticeParts(self.with_tables, self.pupil is not None, self.slip is not None)


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """One family's notice, with a file name that says nothing of the pupil but our reference."""

    letter: Letter
    sheet: NoticeSheet
    file_stem: str

    @property
    def story(self) -> Sequence[Block]:
        """The layer that everyone reads."""
        return self.sheet.story

    @property
    def title(self) -> str:
        return self.sheet.title

    @property
    def footer(self) -> str:
        """The foot of each page: the unit, and which edition it is."""
        return self.sheet.footer


def versions(desk: Desk) -> list[Version]:
    """The languages and layouts that may be given today; as usual first. What is usual is there in large print, too."""
    available = []
    for words in notice_words.words_of_every_place(desk):
        if notice_words.may_be_given(words, desk.today):
            available.append(Version(*words.place))
            if words.place[1] == STANDARD:
                available.append(Version(words.place[0], "large"))
    return available


def wished(letters: Iterable[Letter]) -> Version:
    """In which language these families would like the notice; as usual where they differ, or have said nothing. It need not be one that may be given."""
    languages = {letter.language for letter in letters}
    return Version(languages.pop() or ENGLISH) if len(languages) == 1 else AS_USUAL


def prose_for(desk: Desk, version: Version) -> NoticeProse:
    """The words of a version. Raises WrongUse where there are none, or they may not be given."""
    place = (version.language, STANDARD if version.is_whole else version.variant)
    words = next((words for words in notice_words.words_of_every_place(desk) if words.place == place), None)
    if words is None or words.current is None or not notice_words.may_be_given(words, desk.today):
        raise WrongUse(
            _(
                "The notice cannot be given so: the words are not there, not checked, or of an older edition. See “Words and checklist” on the Notices page."
            )
        )
    return words.current


def gives_tables(desk: Desk, version: Version = AS_USUAL) -> bool:
    """Whether a family is given the tables with a version: where the unit gives them to all, or the words do not say where they are.

    Raises WrongUse for a version that may not be given.
    """
    return version.is_whole and (desk.settings.whole_notice or TABLES_FIELD not in names_in(prose_for(desk, version).front))


def papers(
    desk: Desk,
    letters: Iterable[Letter],
    version: Version = AS_USUAL,
    slips: Mapping[Letter, CodedPages] | None = None,
    *,
    pupil_side: bool = True,
) -> Iterator[NoticePaper]:
    """The notices for letters, one sheet each, with the slips that go with them; with the pupil's own side where the pupil lives, unless
    it is not wanted. Logged per pupil when they are printed or saved, by ``notice_slips.log_printed``. Raises WrongUse."""
    desk.require(Action.PRINT_NOTICE)
    settings, body, edition = desk.settings, said_now(desk), current_edition(desk)
    setting = _Setting(body, prose_for(desk, version), version, _footer(settings.name, edition), with_tables=gives_tables(desk, version))
    own_side = _pupil_side(desk, body, version, setting.footer) if pupil_side and version.is_whole else None
    counts: dict[str, int] = {}
    letters = list(letters)
    protected = guard(desk, {letter.pupil.id for letter in letters}, "notice", for_family=True)
    for letter in letters:
        ref = letter.pupil.ref
        counts[ref] = counts.get(ref, 0) + 1
        stamp = protected.stamp_for(letter.pupil.id) if version.is_whole else ""  # what goes beside it names nobody
        sheet = dataclasses.replace(
            setting.sheet(Envelope.of(letter, settings, desk.today)),
            stamp=stamp,
            pupil=own_side if letter.at_home else None,
            slip=slips.get(letter) if slips else None,
        )
        yield NoticePaper(letter, sheet, f"{_stem(version)}-{ref}-{counts[ref]}")


def _pupil_side(desk: Desk, body: EditionContent, version: Version, footer: str) -> NoticeSheet:
    """The pupil's version that goes with one for the family: in its language if there is one to be given, and set as it is."""
    pupil_version = Version(version.language, PUPIL)
    pupil_version = pupil_version if pupil_version in versions(desk) else Version(ENGLISH, PUPIL)
    sheet = _Setting(body, prose_for(desk, pupil_version), pupil_version, footer).sheet(None)
    return dataclasses.replace(sheet, version=Version(pupil_version.language, version.variant))


def specimen(desk: Desk, edition: Edition, version: Version = AS_USUAL, parts: NoticeParts = BOTH_LAYERS) -> NoticeSheet | None:
    """An edition addressed to nobody, with a slip that asks nobody if wanted; None where what it said is not on file. It was so when it was current."""
    body = said_by(desk, edition)
    if body is None:
        return None
    name = _unit_of(desk, body)
    main = NoticeProse(front=body.front, more=body.more)
    prose = main if version in (AS_USUAL, Version(ENGLISH, "large")) else prose_for(desk, version)
    envelope = Envelope(address=(_("A specimen, addressed to nobody"),), sender=(name,), pupil=_("(the pupil’s name)"))
    sheet = _Setting(body, prose, version, _footer(name, edition), with_tables=parts.with_tables).sheet(envelope)
    own_side = _pupil_side(desk, body, version, sheet.footer) if parts.with_pupil_side else None
    return dataclasses.replace(sheet, pupil=own_side, slip=notice_slip.specimen(name, edition) if parts.with_slip else None)


def for_the_web(desk: Desk, edition: Edition) -> NoticeSheet | None:
    """An edition with both layers and without an address, to be put on a web site; None where what it said is not on file."""
    body = said_by(desk, edition)
    if body is None:
        return None
    return _Setting(body, NoticeProse(front=body.front, more=body.more), AS_USUAL, _footer(_unit_of(desk, body), edition)).sheet(None)


def _unit_of(desk: Desk, body: EditionContent) -> str:
    return str(body.filling.get("unit", desk.settings.name))


def tables_alone(desk: Desk, edition: Edition) -> NoticeSheet | None:
    """The tables of an edition as a paper of their own, for the folder in the office; None where what it said is not on file."""
    body = said_by(desk, edition)
    if body is None:
        return None
    title, unit = TABLES, _unit_of(desk, body)
    intro = Para(_("They belong to the privacy notice of {unit}, edition {edition}.").format(unit=unit, edition=edition.name))
    return NoticeSheet((Heading(1, title), intro, *paper.tables(notice_text.annex_from(body), body.filling)), title, _footer(unit, edition))


def draft(desk: Desk, prose: NoticeProse) -> NoticeSheet:
    """Words that are not in use yet, as they would be printed. Raises KeyError for a name that nothing fills: check them first."""
    version = Version(prose.language, prose.variant)
    footer = _("{unit}. A draft of the privacy notice.").format(unit=desk.settings.name)
    body = notice_text.edition_text(
        desk.settings,
        desk.today,
        prose if prose.is_main else notice_words.current(desk),
        promised_exports(desk),
        desk.schedule,
        unnamed=uses.unnamed(desk),
    )
    return _Setting(body, prose, version, footer).sheet(None)


class _Setting:
    """Sets one edition in one version, for whom it may be. ``with_tables`` is whether its paper has the tables."""

    def __init__(self, body: EditionContent, prose: NoticeProse, version: Version, footer: str, *, with_tables: bool = True) -> None:
        self._body, self._prose, self._version, self.footer = body, prose, version, footer
        self._title, self._with_tables = _title(version, prose), with_tables and version.is_whole
        self._annex = dataclasses.replace(notice_text.annex_from(body), closing_prose=prose.more or body.more)
        self._tables = (
            ()
            if not version.is_whole
            else paper.tables(self._annex, body.filling)
            if version.language == ENGLISH
            else self._separate_tables()
        )

    def sheet(self, envelope: Envelope | None) -> NoticeSheet:
        """What goes beside the whole notice bears no address: it lies in the same envelope, and its first side is all its own."""
        prose, filling = self._prose, self._body.filling
        if self._version.is_whole and self._version.language == ENGLISH:
            story = paper.addressed(paper.front_part(prose.front, filling), envelope)
        else:
            story = paper.addressed(
                blocks_of(f"{prose.front}\n\n{prose.more}".strip(), filling), envelope if self._version.is_whole else None
            )
        return NoticeSheet(story, self._title, self.footer, self._version, self._tables, with_tables=self._with_tables)

    def _separate_tables(self) -> list[Block]:
        """The tables of a translation, in English: with the English words that close them, unless the translation has its own."""
        closing = () if self._prose.more.strip() else blocks_of(self._body.more, self._body.filling)
        return [*paper.annex_part(self._annex), *closing]


def _title(version: Version, prose: NoticeProse) -> str:
    """A translation is titled as it is headed."""
    if version.language != ENGLISH:
        return prose.front.split("\n", 1)[0].lstrip("# ").strip()
    return _TITLES.get(version.variant, _("Privacy notice"))


def _footer(unit: str, edition: Edition) -> str:
    return _("{unit}. Privacy notice {edition}.").format(unit=unit, edition=edition.name)


def _stem(version: Version) -> str:
    parts = [
        "privacy-notice",
        *([version.variant] if version.variant != STANDARD else []),
        *([version.language] if version.language != ENGLISH else []),
    ]
    return "-".join(parts)


# -- as files


def look_of(version: Version) -> "PrintLook":
    """How it is set: what a family is given as usual keeps to one sheet, and the pupil's version to one side."""
    from pupil_desk.documents.pdf.style import PrintLook

    return {"large": PrintLook.LARGE, "easy": PrintLook.EASY}.get(version.variant, PrintLook.SHEET)


def language_of(version: Version, story: Story = ()) -> str:
    """Its language, as a PDF and a web page name it, with the script of its words where that is not the usual one."""
    return "en-GB" if version.language == ENGLISH else lang_as_written(version.language, texts_of(story))


def file_of(sheet: NoticeSheet, form: str = PDF) -> bytes:
    """A notice as a file. The same notice makes the same bytes on one machine: what was given is kept, never made again. Raises CannotPrint."""
    from pupil_desk.documents.pdf.page import build_pdf, build_print_file
    from pupil_desk.documents.pdf.web import build_web

    version, lang = sheet.version, language_of(sheet.version, sheet.story)
    if form == HTML:
        story = paper.full_notice(sheet.story, sheet.tables) if sheet.tables else sheet.story
        return build_web(story, title=sheet.title, lang=lang, look=look_of(version), stamp=sheet.stamp)
    first, *other_documents = in_print_file(sheet)
    if other_documents:
        return build_print_file([first, *other_documents], title=sheet.title, lang=lang)
    return build_pdf(first.story, title=sheet.title, footer=sheet.footer, lang=lang, look=look_of(version), stamp=sheet.stamp)


def in_print_file(sheet: NoticeSheet) -> "list[Document]":
    """A notice as documents of a file to print, in the order of ``NoticeParts``: each begins on a sheet of its own, and counts its own pages."""
    from pupil_desk.documents.pdf.page import Document

    version, look, english = sheet.version, look_of(sheet.version), language_of(AS_USUAL)
    documents = [Document(sheet.story, sheet.title, sheet.footer, lang=language_of(version, sheet.story), look=look, stamp=sheet.stamp)]
    if sheet.with_tables:
        title = TABLES if version.language == ENGLISH else _("Privacy notice: the tables, in English")
        documents.append(Document((Heading(1, title), *sheet.tables), title, sheet.footer, lang=english, look=look, stamp=sheet.stamp))
    if sheet.pupil is not None:
        documents += in_print_file(sheet.pupil)
    if sheet.slip is not None:
        documents.append(Document([sheet.slip], notice_slip.TITLE, lang=english, stamp=sheet.stamp))
    return documents
