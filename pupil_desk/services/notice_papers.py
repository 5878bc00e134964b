"""Notices as papers: in the languages and layouts that may be given, addressed to a family or to nobody, as a PDF or as a web page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents import notice as paper
from pupil_desk.documents.blocks import AddressBlock, Block, Para
from pupil_desk.documents.prose import blocks_of
from pupil_desk.domain.notice import ENGLISH, STANDARD, WHOLE, Edition, Letter
from pupil_desk.domain.notice_edition import NoticeProse, Said
from pupil_desk.services import notice_text, notice_words
from pupil_desk.services.desk import Desk
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
class Paper:
    """One notice as a story, with a file name that says nothing of the pupil but our reference."""

    letter: Letter
    story: Sequence[Block]
    title: str
    file_stem: str
    footer: str
    version: Version = AS_USUAL


def versions(desk: Desk) -> list[Version]:
    """The languages and layouts that may be given today; as usual first. What is usual is there in large print, too."""
    found = []
    for words in notice_words.every(desk):
        if notice_words.may_be_given(words, desk.today):
            found.append(Version(*words.place))
            if words.place[1] == STANDARD:
                found.append(Version(words.place[0], "large"))
    return found


def prose_for(desk: Desk, version: Version) -> NoticeProse:
    """The words of a version. Raises WrongUse where there are none, or they may not be given."""
    place = (version.language, STANDARD if version.whole else version.variant)
    found = next((words for words in notice_words.every(desk) if words.place == place), None)
    if found is None or found.current is None or not notice_words.may_be_given(found, desk.today):
        raise WrongUse(_("The notice cannot be given so: the words are not there, not checked, or of an older edition. See “Words and checklist” on the Notices page."))
    return found.current


def papers(desk: Desk, letters: Iterable[Letter], version: Version = AS_USUAL) -> Iterator[Paper]:
    """The notices for letters, one story each. Logged per pupil when they are printed or saved, by ``notices.printed``. Raises WrongUse."""
    desk.require(Action.PRINT_NOTICE)
    settings, said, edition = desk.settings, said_now(desk), current_edition(desk)
    prose = prose_for(desk, version)
    annex = _annex(said, prose) if version.whole else None
    counts: dict[str, int] = {}
    for letter in letters:
        ref = letter.pupil.ref
        counts[ref] = counts.get(ref, 0) + 1
        envelope = paper.Envelope(
            address=(*letter.names, *letter.address),
            sender=(settings.name, *settings.address_lines),
            about=letter.pupil.legal_name,
        )
        story = _story(said, prose, annex, envelope)
        yield Paper(letter, story, _title(version), f"{_stem(version)}-{ref}-{counts[ref]}", _footer(settings.name, edition), version)


def specimen_story(desk: Desk, edition: Edition, version: Version = AS_USUAL) -> tuple[list[Block], str, str] | None:
    """An edition addressed to nobody, its title and footer; None where what it said is not on file. It was so when it was current."""
    said = said_by(desk, edition)
    if said is None:
        return None
    name = str(said.filling.get("unit", desk.settings.name))
    main = NoticeProse(front=said.front, more=said.more)
    prose = main if version in (AS_USUAL, Version(ENGLISH, "large")) else prose_for(desk, version)
    envelope = paper.Envelope(address=(_("A specimen, addressed to nobody"),), sender=(name,), about=_("(the pupil’s name)"))
    story = _story(said, prose, _annex(said, prose) if version.whole else None, envelope)
    return story, _title(version), _footer(name, edition)


def draft_story(desk: Desk, prose: NoticeProse) -> tuple[list[Block], str, str]:
    """Words that are not in use yet, as they would be printed. Raises KeyError for a name that nothing fills: check them first."""
    said, version = notice_text.said(desk.settings, prose), Version(prose.language, prose.variant)
    story = _story(said, prose, _annex(said, prose) if version.whole else None, None)
    return story, _title(version), _("{unit}. A draft of the privacy notice.").format(unit=desk.settings.name)


def _annex(said: Said, prose: NoticeProse) -> paper.Annex:
    annex = notice_text.annex_from(said)
    return paper.Annex(annex.items, annex.recipients, annex.special, prose.more)


def _story(said: Said, prose: NoticeProse, annex: paper.Annex | None, envelope: paper.Envelope | None) -> list[Block]:
    if annex is not None:
        return paper.story(prose.front, said.filling, annex, envelope)
    front = blocks_of(f"{prose.front}\n\n{prose.more}".strip(), said.filling)
    if envelope is None:
        return front
    about = Para(_("About: {pupil}").format(pupil=envelope.about), style="small")
    return [AddressBlock(lines=envelope.address, sender=envelope.sender), front[0], about, *front[1:]]


def _title(version: Version) -> str:
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


def file_of(story: Sequence[Block], title: str, footer: str, version: Version, form: str = PDF) -> bytes:
    """A notice as a file. The same notice makes the same bytes. Raises CannotPrint."""
    from pupil_desk.documents.page import build_pdf
    from pupil_desk.documents.web import build_web

    if form == HTML:
        return build_web(story, title=title, lang=language_of(version))
    return build_pdf(story, title=title, footer=footer, lang=language_of(version), look=look_of(version))


def in_print_file(made: Paper) -> "Document":
    """A notice as one document of a file to print."""
    from pupil_desk.documents.page import Document

    lang = "" if made.version.language == ENGLISH else language_of(made.version)
    return Document(made.story, made.title, made.footer, lang=lang, look=look_of(made.version))
