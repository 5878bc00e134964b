"""What the help says of scripts is what the fonts can do: each language of its table is tried."""

import re

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.documents.blocks import Heading, Para, Run
from pupil_desk.documents.fonts import CannotPrint, missing_characters
from pupil_desk.documents.page import build_pdf

# Some words in each language of the table, with the letters that set it apart.
WORDS = {
    "English": "Zoë O’Hara", "Welsh": "Siân Ŵyn Ŷsgol", "Polish": "Łukasz Gżegżółka", "Romanian": "Ștefan Țurcanu Șî",
    "Turkish": "Işık Çağlar Şığ", "Vietnamese": "Nguyễn Thị Hồng Đào", "Somali": "Cabdiraxmaan Xasan", "Yoruba": "Adéṣọlá Ọlọ́run Ẹ̀bùn",
    "Greek": "Ελένη Παπαδάκη Ἀθῆναι", "Ukrainian": "Їжакевич Ґалаґан Єва", "Russian": "Щукина Ёлка", "Bulgarian": "Здравко Ъглов",
    "Arabic": "محمّد عبد الله آل سعود، ١٢٣؟", "Urdu": "ٹھیک ہے ڈاکٹر چوہدری ژوب گھر ۱۲۳ ۔", "Persian": "می\u200cخواهم پژوهشگر گچ", "Dari": "کابل ژاله",
    "Pashto": "ښځه ډېره ټول ړوند ږیره ګران څوک ځای ۍ", "Sorani Kurdish": "کوردستان ڕۆژ ڵ ێ ڤ", "Hebrew": "שָׁלוֹם צץ ףך", "Yiddish": "ייִדיש אָ פֿ",
    "Armenian": "Հայաստան Աննա", "Georgian": "საქართველო ანა", "Mandinka": "ߒߞߏ ߡߊ߲߬ߘߌ߲", "Bengali": "বাংলা", "Sylheti": "সিলেট", "Panjabi": "ਪੰਜਾਬੀ",
    "Gujarati": "ગુજરાતી", "Hindi": "हिन्दी", "Nepali": "नेपाली", "Marathi": "मराठी", "Tamil": "தமிழ்", "Sinhala": "සිංහල", "Amharic": "አማርኛ",
    "Tigrinya": "ትግርኛ", "Thai": "ไทย", "Cantonese": "廣東話", "Mandarin": "普通话", "Japanese": "日本語 かな", "Korean": "한국어",
}  # fmt: skip


def rows() -> dict[str, bool]:
    """Each language that the help names, and whether it says that it prints."""
    text = resource("help", "scripts.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (?P<script>[^|]+) \| (?P<languages>[^|]+) \| (yes|no) \|$", text, flags=re.MULTILINE)
    return {language: said == "yes" for _script, languages, said in table for language in languages.split(", ")}


def test_every_language_of_the_table_is_tried() -> None:
    assert set(rows()) == set(WORDS)
    assert sum(rows().values()) > 20


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("bold", [False, True])
def test_what_the_help_says_is_so(language: str, bold: bool) -> None:
    story = [Heading(1, "A name"), Para(Run(WORDS[language], bold=bold))]
    if rows()[language]:
        assert missing_characters([WORDS[language]]) == []
        assert build_pdf(story, title="A name")
    else:
        with pytest.raises(CannotPrint):
            build_pdf(story, title="A name")
