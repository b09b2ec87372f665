"""Text analysis, the same for both engines: what is indexed and asked for are these stems.

Done here and not in the engines, so that both agree to the document and it can be tested without
either. An index holds the stems joined by spaces and splits them at spaces, nothing more. Pure.
"""

import re
import unicodedata
from threading import local

import Stemmer

from search import words

# Snowball's "dutch" since 3.0 ("dutch_porter" is the former one, with other stems).
ALGORITHMS = {"nl": "dutch", "en": "english"}
STOP_WORDS = {language: frozenset(text.split()) for language, text in words.STOP_WORDS.items()}
OVERRIDES = {
    language: {form: stem for stem, forms in table.items() for form in forms.split()}
    for language, table in words.FORMS.items()
}

# No word is longer; what is (an address, a run of letters) is cut, because engines differ in what
# they do with it.
LONGEST = 64
MOST_KNOWN = 100_000
# Closes every scored field. One engine counts all documents in its averages, the other only those
# that have the field: with it every document has every field. No text can contain it.
SENTINEL = "_"

_WORD = re.compile(r"[^\W_]+")
# foto's, zo'n, 't, you'll, don't: what stands behind the apostrophe is no word of its own
_ENCLITIC = re.compile(r"['’ʼ`´](?:s|n|t|m|k|r|d|ll|re|ve)\b")
_INVISIBLE = {"Mn", "Cf"}  # accents once they are split off, soft hyphens, joiners


def stems(text: str, locale: str) -> list[str]:
    """The stems of a text in order, without stop words.

    A locale such as "nl" or "nl-BE"; of a language that is not known here the words are only
    folded. Whatever is not a letter or a digit (NUL, emoji, half a surrogate pair) separates.
    """
    language = locale.partition("-")[0].lower()
    found = _WORD.findall(_ENCLITIC.sub(" ", fold(text)))
    known = _known.get(language, _known[""])
    return list(filter(None, map(known.__getitem__, found)))


def field(text: str, locale: str) -> str:
    """A scored field as both engines take it."""
    return " ".join([*stems(text, locale), SENTINEL])


def fold(text: str) -> str:
    """Lower case without accents: "Knieën" and "KNIEEN" are one word."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    # each kind of sign once, not sign by sign: a process reads every page when it starts
    for char in set(parts):
        if unicodedata.category(char) in _INVISIBLE:
            parts = parts.replace(char, "")
    return parts


def stem(word: str, language: str) -> str:
    """The stem of a folded word; nothing for a stop word."""
    word = word[:LONGEST]
    if language not in ALGORITHMS:
        return word
    if word in STOP_WORDS[language]:
        return ""
    return OVERRIDES[language].get(word) or _stemmer(language).stemWord(word)


class _Known(dict[str, str]):
    """Stems that were worked out before, because a process reads every page when it starts."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[word] = stem(word, self._language)
        return found


# "": the words of a language that is not known here
_known = {language: _Known(language) for language in (*ALGORITHMS, "")}
_own = local()  # a Stemmer must not be used by two threads


def _stemmer(language: str) -> Stemmer.Stemmer:
    if not hasattr(_own, language):
        setattr(_own, language, Stemmer.Stemmer(ALGORITHMS[language], 0))
    made: Stemmer.Stemmer = getattr(_own, language)
    return made
