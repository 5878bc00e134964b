"""What the help says of scripts is what the fonts can do: each language of its table is tried."""

import re
import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from pupil_desk.basics.places import resource
from pupil_desk.documents.blocks import Heading, Para, Run
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.typography.fonts import CannotPrint, missing_characters
from pupil_desk.documents.typography.shaped import script_faces
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of

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
    "Telugu": "తెలుగు శ్రీనివాస్", "Kannada": "ಕನ್ನಡ ಕೃಷ್ಣ", "Malayalam": "മലയാളം കൃഷ്ണൻ", "Lao": "ລາວ", "Burmese": "မြန်မာ အောင်ဆန်း", "Khmer": "ខ្មែរ សុខា",
    "Tibetan": "བོད་ཡིག", "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
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


# Scripts with a face of their own: names as families write them, with letters that stack, join or are drawn before the one they follow.
NAMES = (
    "মুহাম্মদ রহমান শ্রেয়া",
    "ਹਰਪ੍ਰੀਤ ਸਿੰਘ",
    "પ્રિયંકા શ્રીમાળી",
    "प्रियंका श्रीवास्तव क्षत्रिय",
    "ஸ்ரீதர் லட்சுமி",
    "శ్రీనివాస్",
    "ಕೃಷ್ಣಮೂರ್ತಿ",
    "കൃഷ്ണൻകുട്ടി",
    "ශ්‍රී ලංකා",
    "ተስፋዬ ገብረ",
    "สมชาย ใจดี",
    "ສົມສັກ",
    "အောင်ဆန်းစုကြည်",
    "សុខា ចាន់",
    "陈小明 陳美玲 龔",
    "渡邉 さくら ヴィクトリア",
    "김민준 이서연",
)


@pytest.mark.needs("pdftotext")
def test_names_are_read_back_by_two_readers_and_the_three_checkers_find_nothing(tmp_path: Path) -> None:
    pdf = build_pdf(
        [Heading(1, "Names"), *(Para(["About ", Run(name, bold=at % 2 == 0), " (P0001)."]) for at, name in enumerate(NAMES))], title="Names"
    )
    with pypdfium2.PdfDocument(pdf) as read:
        one = "".join(page.get_textpage().get_text_range() for page in read)
    other = "".join(pages_of(pdf, tmp_path))
    for word in (word for name in NAMES for word in unicodedata.normalize("NFC", name).split()):
        assert word in one, word
        assert word in other, word
    assert_accessible(pdf)
    assert len(pdf) < 300_000  # of the faces only what stands on the paper


def test_every_face_of_a_script_is_one_of_the_table() -> None:
    assert len(list(script_faces())) == len(NAMES) - 2  # Chinese, Japanese and Korean share one


def test_the_help_says_what_the_faces_weigh_and_how_many_han_signs_there_are() -> None:
    said = resource("help", "scripts.md").read_text(encoding="utf-8")
    weight = sum(file.stat().st_size for file in resource("fonts").glob("*.ttf") if not file.name.startswith("DejaVu"))
    assert f"The faces add {weight / 1e6:.1f} MB to the program" in said
    han = sum(not missing_characters([chr(code)]) for code in range(0x4E00, 0xA000))
    assert f"the {han:,} usual Han signs" in said
