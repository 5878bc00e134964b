"""Inventing translations: a letter and a slip that may go out in Polish to one family, and one whose English has changed since. No text of ours is a checked translation."""

import dataclasses
from collections.abc import Mapping, Sequence

from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.pupils.contacts import save_contact
from pupil_desk.services.translations import papers, translations
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.store.tables import contacts

POLISH = "pl"
_TRANSLATOR, _CHECKER = "Zofia Example (invented)", "Adam Example (invented)"
_REVIEW, _SLIP = "letter/shipped-review", "fixed/page-notice-slip"
_BUS_PASS = LetterTemplate(
    name="Bus pass",
    subject="A bus pass for {{forename}}",
    body="Dear {{salutation}}\n\nThe council has agreed to {{forename}}’s bus pass. Please fetch it from our office before {{ask: Day}}.\n\n"
    "Yours sincerely\n\n{{signature}}\n\n{{head}}\n{{unit name}}",
)
_ONCE = "Please fetch it from our office."
_IN_POLISH: Mapping[str, str] = {
    "Review of {{forename}}’s placement": "Spotkanie w sprawie pobytu: {{forename}}",
    "Dear {{salutation}}": "Szanowni Państwo, {{salutation}}!",
    "We would like to look at how {{forename}} is getting on with us, and at what should come next. Please join us at a review meeting:": "Chcielibyśmy omówić, jak {{forename}} radzi sobie u nas i co powinno być dalej. Zapraszamy na spotkanie:",
    "We will talk about attendance, learning and how {{forename}} feels about being here. You are welcome to bring somebody with you. If you would like an interpreter, or cannot come at that time, please call us on {{unit telephone}} and we will find another way.": "Porozmawiamy o obecności, nauce i o tym, jak {{forename}} się tu czuje. Mogą Państwo przyjść z kimś bliskim. Jeśli potrzebny jest tłumacz albo ten termin Państwu nie odpowiada, prosimy o telefon: {{unit telephone}}. Znajdziemy inne rozwiązanie.",
    "Yours sincerely": "Z poważaniem",
    "This page says what the form says that comes with it. Tick, sign and send back the form, not this page.": "Ta strona mówi to samo, co dołączony formularz. Prosimy zaznaczyć, podpisać i odesłać formularz, a nie tę stronę.",
    "Pupil": "Uczeń",
    "Date of birth": "Data urodzenia",
    "Parent or carer": "Rodzic lub opiekun",
    "Edition of the notice": "Wydanie informacji",
    "Reply by": "Odpowiedź do",
    "Have you got our privacy notice?": "Czy mają Państwo naszą informację o ochronie danych?",
    "From {unit}. Our privacy notice says how we use information about pupils. It comes with this slip. If you did not get it, tell {whom}, and keep this slip until you have it.": "{unit}. Nasza informacja o ochronie danych mówi, jak używamy danych uczniów. Jest dołączona do tego formularza. Jeśli jej Państwo nie otrzymali, prosimy powiedzieć: {whom}, i zachować formularz, aż nadejdzie.",
    "If you have it: tick the box, sign, and send this slip back.": "Jeśli ją Państwo mają: prosimy zaznaczyć kratkę, podpisać i odesłać formularz.",
    "I have the privacy notice.": "Mam informację o ochronie danych.",
    "If you tick the box:": "Jeśli zaznaczą Państwo kratkę:",
    "we note that whoever signs has the notice, and no more. It changes none of your choices or rights.": "zapiszemy tylko, że osoba podpisana ma tę informację. Nie zmienia to Państwa decyzji ani praw.",
    "Until you answer, or if you never do:": "Dopóki nie ma odpowiedzi:",
    "nothing changes for you. The same with a tick and no signature, or a signature and no tick. We may ask you again.": "nic się dla Państwa nie zmienia. Tak samo, gdy brakuje podpisu albo zaznaczenia. Możemy zapytać ponownie.",
    "Return to:": "Zwrot do:",
    "What stands here in English is written as we hold it. Ask us to explain the form to you: {reach}.": "Co stoi tu po angielsku, jest zapisane tak, jak w naszych aktach. Chętnie wyjaśnimy formularz: {reach}.",
    "A bus pass for {{forename}}": "Bilet autobusowy: {{forename}}",
    "The council has agreed to {{forename}}’s bus pass. Please fetch it from our office.": "Rada zgodziła się na bilet autobusowy: {{forename}}. Prosimy odebrać go w naszym biurze.",
}


def keep_translations(desk: Desk, people: Sequence[Pupil]) -> None:
    """A family that would like Polish, a letter and a slip that it gets so, and a letter whose English has changed since it was translated."""
    for contact in contacts.of_pupil(desk.vault, people[0].id) if people else ():
        if contact.parental_responsibility:
            save_contact(desk, dataclasses.replace(contact, language=POLISH))
    once = letter_templates.save_template(
        desk, dataclasses.replace(_BUS_PASS, body=_BUS_PASS.body.replace("Please fetch it from our office before {{ask: Day}}.", _ONCE))
    )
    for key in (_REVIEW, _SLIP, f"letter/{once.template_id}"):
        _keep(desk, key)
    letter_templates.save_template(desk, dataclasses.replace(once, body=_BUS_PASS.body))


def _keep(desk: Desk, key: str) -> None:
    paper = papers.paper_named(desk, key)
    words = {line.key: _IN_POLISH[line.english] for line in paper.lines}
    entry = TranslationEntry(words, _TRANSLATOR, _CHECKER, desk.today, is_check_new=True)
    translations.keep(desk, paper, POLISH, entry)
