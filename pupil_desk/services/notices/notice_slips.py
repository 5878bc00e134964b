"""The slip that goes with a notice as its last page: printed with numbers of its own, it comes back as any form does.

That notices were printed is kept: logged, told of whom, and the slips that went with them on file.
"""

from collections.abc import Iterable, Sequence

from pupil_desk.documents.blocks import CodedPages
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.papers.paper_form import is_out
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.notices import notice_editions, notices
from pupil_desk.services.notices.notice_papers import AS_USUAL, Version
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.acknowledgement import KIND
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.paper_forms.printing import NumberedForm, keep_printed
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import paper_forms as store


def slips_for(desk: Desk, letters: Sequence[Letter], version: Version = AS_USUAL) -> dict[Letter, NumberedForm]:
    """A new slip for each letter; none for what goes beside the whole notice. On file once ``notice_slips.log_printed`` has kept them. Raises NotAllowed."""
    desk.require(Action.PRINT_FORM)
    if not version.is_whole:
        return {}
    edition, variant = notices.current_edition(desk).id, _variant(version)
    return {letter: printing.numbered(KIND.slip(desk, edition, letter, variant=variant)) for letter in letters}


def on_file(desk: Desk, letters: Sequence[Letter], version: Version = AS_USUAL) -> dict[Letter, CodedPages]:
    """The slips that were printed with these letters in the current edition and are still out, as they were printed: what is given is
    the notice with its slip. A letter that none went with, or whose slip would look otherwise today, is left out."""
    desk.require(Action.PRINT_FORM)
    edition, variant, steps, addressees = (
        notices.current_edition(desk).id,
        _variant(version),
        store.steps(desk.vault),
        store.addressees(desk.vault),
    )
    out = {
        (form.pupil_id, frozenset(contact for contact, _name in addressees.get(form.id, ()))): form.id
        for form in store.everything(desk.vault)
        if (form.form_kind, form.subject, form.variant) == (KIND.name, edition, variant.value) and is_out(steps.get(form.id, ()))
    }
    slips: dict[Letter, CodedPages] = {}
    for letter in letters if version.is_whole else ():
        form_id = out.get((letter.pupil.id, frozenset(contact.id for contact in letter.contacts)))
        slip = printing.reprint(desk, form_id, KIND.slip(desk, edition, letter, variant=variant)) if form_id else None
        if slip is not None:
            slips[letter] = slip.page
    return slips


def _variant(version: Version) -> Variant:
    return Variant.LARGE if version.variant == "large" else Variant.STANDARD


def log_printed(desk: Desk, letters: Iterable[Letter], slips: Iterable[NumberedForm] = ()) -> Changed:
    """Log that notices were printed or saved, one row a pupil, and to whom each tells of the pupil; the edition and the slips that went with them are on file."""
    letters = list(letters)
    ids = list(dict.fromkeys(letter.pupil.id for letter in letters))
    if not ids:
        return Changed.of()
    with desk.act(Action.PRINT_NOTICE, "pupil", ids[0]) as work:
        for pupil_id in ids[1:]:
            work.note(Action.PRINT_NOTICE, "pupil", pupil_id)
        notice_editions.keep(work)
        on_paper.keep(work, on_paper.NOTICE, letters)
        changed = keep_printed(work, slips)
    return Changed.of("notice", *changed, ids=tuple(ids))
