"""Three independent checkers of PDF/UA-1, asked about one file."""

import tempfile
import warnings
from pathlib import Path


def findings(pdf: bytes, said_often: str = "") -> list[str]:
    """What ``page-validation`` (104 rules of PDF/UA-1), ``pdfua`` and ``outloud`` find wrong, warnings included.

    ``said_often`` begins a line that rightly stands at the top of several pages: ``outloud`` takes content for a running header, and the head of
    a table, repeated where that goes on and no content there, for prose.
    """
    import outloud
    import page
    import pdfua

    found = [
        f"page-validation {failure.rule_id}: {failure.message}"
        for failure in page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1).failures
    ]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, about themselves
        path = Path(folder) / "checked.pdf"
        path.write_bytes(pdf)
        found += [f"pdfua {one.rule_id}: {one.message}" for one in pdfua.validate(str(path)).findings]
        heard = outloud.check(str(path))
    if heard.error:
        found.append(f"outloud: {heard.error}")
    found += [
        f"outloud {one.rule} ({one.severity}): {one.message}"
        for one in heard.findings
        if one.severity in ("error", "warning")
        and not (said_often and one.rule in ("PAG-001", "TAG-002") and one.count == 1 and str(one.evidence).startswith(said_often))
    ]
    return found


def assert_accessible(pdf: bytes, said_often: str = "") -> None:
    """Fails with the findings, if any of the three checkers has one."""
    found = findings(pdf, said_often)
    assert not found, "the PDF is not accessible:\n" + "\n".join(found)
