"""How easily a text reads, by a small counter of our own: Flesch's formula, and syllables by rule."""

import re

_WORD = re.compile(r"[^\W_](?:[\w’'@.-]*\w)?")


def words_in(text: str) -> list[str]:
    """The words; a name with a hyphen, a number or an address is one."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Groups of vowels, but for an e or -es or -ed that is not heard; two vowels that are often heard apart count twice.

    Where the rule is unsure it counts one more, which makes the text seem harder. A number counts its digits.
    """
    word = word.lower().replace("’", "").replace("'", "")
    digits = sum(letter.isdigit() for letter in word)
    groups = len(re.findall(r"[aeiouyà-ÿ]+", word))
    if re.search(r"[^aeiouyl]e$|[^aeiouy]le[sd]$|[^aeiouyscxzgh]es$|[^aeiouytd]ed$|[aeiouy]le$", word) and groups > 1:
        groups -= 1
    groups += len(re.findall(r"ia|io(?!n)|eo|ea$|ua|ying|[aeiou]ing", word))
    return max(1, groups) if not digits else digits + groups


def sentences_in(text: str) -> list[str]:
    """The sentences; a line of its own, such as a heading or an item of a list, is one."""
    return [part for part in re.split(r"[.!?](?=\s|$)|\n", text) if _WORD.search(part)]


def reading_ease(text: str) -> float:
    """Flesch's reading ease: 60 to 70 is plain English, and more is easier."""
    words = words_in(text)
    return 206.835 - 1.015 * len(words) / len(sentences_in(text)) - 84.6 * sum(map(syllables, words)) / len(words)


def school_grade(text: str) -> float:
    """Flesch’s and Kincaid’s formula: the year of an American school that reads it. Add five for the age: 6 is read at 11."""
    words = words_in(text)
    return 0.39 * len(words) / len(sentences_in(text)) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
