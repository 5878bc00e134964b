"""The leaf in the family's language goes before the report about an incident, where it was translated and checked; the report itself stays in English."""

from datetime import date

from pupil_desk.documents.blocks import plain_text
from pupil_desk.services.disclosures import told
from pupil_desk.services.incidents import report
from tests.services.exports.made import Unit
from tests.services.incidents.test_report_names import entered, same_words
from tests.services.packs.test_writing import text_of
from tests.services.translations.leftovers import english_left
from tests.services.translations.test_fixed_papers import said, translate


def test_a_family_gets_the_report_with_a_leaf_in_its_language_and_another_in_english_alone(unit: Unit) -> None:
    bea = unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Mill Lane", postcode="SG4 7ZZ")
    will = unit.pupil("Rose", "Will", date(2012, 1, 2))
    unit.contact(bea, "Quill", forename="Ada", parental_responsibility=True, lives_with=True, language="pl")
    unit.contact(bea, "Quill", forename="Ned", parental_responsibility=True, phone="01632 960102", language="so")
    entry_id = entered(unit, bea, [will], account="Will Rose pushed Bea, who was held.")
    assert not any(paper.translated for paper in report.letters(unit.desk, entry_id, own_words=same_words(unit, entry_id))), (
        "nobody has translated it yet"
    )
    translate(unit, "incident-leaf")
    polish, somali = report.letters(unit.desk, entry_id, own_words=same_words(unit, entry_id))
    leaf = plain_text(polish.translated)
    assert said("incident-leaf", "Ask us to read it to you") in leaf
    assert "24 November 2026" in leaf
    assert "Will" not in leaf
    assert english_left(unit.desk, polish.translated, "Zdanie") == set()
    read = text_of(polish.pdf())
    assert read.index(said("incident-leaf", "Ask us to read it to you")) < read.index("Another pupil (A) pushed Bea")
    assert (somali.translated, bool(somali.in_english_because)) == ((), True)
    report.log_print(unit.desk, entry_id, own_words=same_words(unit, entry_id))
    reasons = {row.reason for row in told.log(unit.desk, pupil_id=bea.id)}
    assert reasons == {"Addressed to Ned Quill.", "Addressed to Ada Quill. In Polish, with the English behind it."}
    assert any(reason == "incident-report in pl" for _action, _object, reason in unit.log())
