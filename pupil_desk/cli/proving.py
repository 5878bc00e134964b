"""verify-receipt: whether a receipt is the unit's, and its files the very files, with the unit's file or without."""

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.cli.call import Call
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.services.receipts import checking, seals


def verify_receipt(call: Call) -> int:
    """Check a receipt and its files; 1 if anything was found that refuses one of them, or if not all of them were looked at."""
    args = call.args
    data = checking.read_file(args.receipt)
    paths = args.files or checking.beside(data, args.receipt.parent)
    of_files = checking.of_files(data, paths)
    findings = [*_of_receipt(call, data), *of_files]
    refused = [finding for finding in findings if finding.serious]
    lines = [checking.whose(data), *(f"{finding.where}: {finding.message}" for finding in findings)]
    if not refused:
        lines.append(_("The receipt is the unit’s, word for word as it was made."))
        lines += [_("{name}: the very file that the receipt names.").format(name=path.name) for path in paths]
        lines.append(_("It does not say whether anything newer was made."))
    is_good = not refused and not of_files
    unit, groups = checking.unit_and_seal(data)
    document = {
        "ok": is_good,
        "unit": unit,
        "seal": groups,
        "findings": [{"where": finding.where, "message": finding.message, "serious": finding.serious} for finding in findings],
    }
    call.speaker.result(document, *lines)
    return int(not is_good)


def _of_receipt(call: Call, data: bytes) -> list[checking.Finding]:
    """What is found by all that was given: the unit's file, a seal; without either, the seals that this PC noted."""
    args = call.args
    if bool(args.file) != bool(args.user):
        raise WrongUse(_("To ask the unit’s file, give --unit and --user."))
    findings: list[checking.Finding] = []
    if args.file:
        with signed_in(call) as desk:
            findings += checking.by_file(desk, data)
    if args.seal:
        given = seals.seals_in(checking.read_file(args.seal).decode("utf-8", "replace"))
        if not given:
            raise WrongUse(_("{name} holds no seal. Choose the file that the unit gave.").format(name=args.seal.name))
        findings += checking.by_seals(data, given)
    if not args.file and not args.seal:
        findings += checking.by_this_pc(data)
    return list(dict.fromkeys(findings))
