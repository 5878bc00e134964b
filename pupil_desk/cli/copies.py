"""access-request: the copy of one pupil's data, made by rule, without a person to decide."""

import dataclasses

from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.signing_in import signed_in


def access_request(call: Call) -> int:
    """Write the copy: a locked PDF, and a locked ZIP with the same as data. Status 3 where restricted notes must be added by someone else."""
    from pupil_desk.cli.protected import tell_protected
    from pupil_desk.services.guard import guard
    from pupil_desk.services.packs.alone import write_alone
    from pupil_desk.services.pupils.pupils import by_number

    with signed_in(call) as desk:
        pupil = by_number(desk, call.args.pupil)
        pack = write_alone(desk, pupil.id, call.args.to, call.speaker.progress)
        paper_guard = guard(desk, [pupil.id], "copy", for_family=True)
    main_copy = pack.written
    document = {
        "files": [dataclasses.asdict(file) for file in main_copy.files],
        "sections": main_copy.sections,
        "password": main_copy.password,
        "withheld": main_copy.withheld,
        "papers_left_out": len(pack.papers_out),
        "asker": pack.asker,
        **({"restricted_password": pack.restricted_password} if pack.restricted_password else {}),
    }
    tell_protected(call, paper_guard)
    if pack.papers_out:
        call.speaker.aside(
            _("{papers} withheld, as no person has looked inside: make the copy in the window to give what can be given.").format(
                papers=count_of(len(pack.papers_out), _("paper"), _("papers"))
            )
        )
    for words in filter(None, (pack.left_out, *pack.secret)):
        call.speaker.aside(words)
    rows = [(main_copy.titles[name], str(number)) for name, number in main_copy.sections.items()]
    call.speaker.result(
        document,
        _("The copy is addressed to {name}.").format(name=pack.asker),
        *(file.name for file in main_copy.files),
        *in_columns([_("Section"), _("Records")], rows),
        *_passwords(main_copy.password, pack.restricted_password),
        _("{places} withheld by rule. Read the copy before you give it to anyone.").format(
            places=count_of(main_copy.withheld, _("place"), _("places"))
        ),
    )
    return 0


def _passwords(password: str, restricted: str) -> list[str]:
    """Shown once, and kept nowhere."""
    lines = [_("Its password, shown once: {words}").format(words=password)]
    if restricted:
        lines.append(_("The password of the restricted notes, shown once: {words}").format(words=restricted))
    return lines
