"""A text as it is read, whatever it is written with, and where each letter came from.

Gone are capitals, accents, tags, entities, soft hyphens, characters without width, full-width and
look-alike letters, and a digit amid letters that stands for one. So nothing can be said in a way
that a reader understands and the linter does not see.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

TAG = re.compile(r"<!--.*?-->|</?([a-zA-Z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
INLINE = re.compile(
    r"a|abbr|b|bdi|bdo|cite|code|em|font|i|ins|mark|s|small|span|strong|sub|sup|u|wbr"
)
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
# Letters of other scripts, and signs, that look like a Latin letter.
ALIKE = str.maketrans(
    "аеорсухіјѕкмтвнԁɡαβεικνορτυχıłøđ@$" + HYPHENS + "\u2019\u2018\u02bc\u00b4`",
    "aeopcyxijskmtbhdgabeiknoptuxilodas" + "-" * len(HYPHENS) + "'" * 5,
)
DIGITS = str.maketrans("013457", "oieast")
DIGIT_AMID_LETTERS = re.compile(r"(?<=[a-z])[013457](?=[a-z])|(?<=[a-z])[!|](?=[a-z])")
# A letter, one or two separators, a letter …: at least three letters.
SPACED = re.compile(r"(?<![a-z0-9])[a-z](?:[ .\-_*·•/|,+~]{1,2}[a-z](?![a-z0-9])){2,}")


@dataclass(frozen=True)
class Normal:
    """`places[n]` is the half-open range in the source that the n-th character came from."""

    text: str
    places: tuple[tuple[int, int], ...]

    def without(self, pattern: re.Pattern[str]) -> "Normal":
        """This text with every match taken out."""
        kept: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            kept += range(last, match.start())
            last = match.end()
        kept += range(last, len(self.text))
        return Normal("".join(self.text[at] for at in kept), tuple(self.places[at] for at in kept))


def normal(source: str) -> Normal:
    """The source, plain text or HTML, as it is read."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []

    def add(text: str, start: int, end: int) -> None:
        letters.extend(text)
        places.extend([(start, end)] * len(text))

    at = 0
    while at < len(source):
        if source[at] == "<" and (tag := TAG.match(source, at)):
            for said, place in _of_tag(tag):
                add(said, *place)
            at = tag.end()
        elif source[at] == "&" and (entity := ENTITY.match(source, at)):
            add(_plain(unescape(entity[0])), at, entity.end())
            at = entity.end()
        else:
            add(_plain(source[at]), at, at + 1)
            at += 1
    return _together(Normal(_digits("".join(letters)), tuple(places)))


def _of_tag(tag: re.Match[str]) -> list[tuple[str, tuple[int, int]]]:
    """What a tag says: the end of a sentence, nothing (amid a word), or its alternative text."""
    name = (tag[1] or "").lower()
    if not name or INLINE.fullmatch(name):
        return []
    said = [("\n", tag.span())]
    for alt in ALT.finditer(tag[0]):
        start = tag.start() + alt.start(1 if alt[1] is not None else 2)
        text = alt[1] if alt[1] is not None else alt[2]
        said += [(_plain(letter), (start + n, start + n + 1)) for n, letter in enumerate(text)]
        said.append(("\n", tag.span()))
    return said


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Small, without accents, compatible forms as their letters, nothing that has no width."""
    plain = []
    for letter in unicodedata.normalize("NFKD", text).casefold().translate(ALIKE):
        kind = unicodedata.category(letter)
        if kind in ("Mn", "Me", "Cf"):
            continue
        if kind.startswith("Z"):
            letter = "\n" if letter in "\u2028\u2029" else " "
        plain.append(letter)
    return "".join(plain)


def _digits(text: str) -> str:
    return DIGIT_AMID_LETTERS.sub(
        lambda found: found[0].translate(DIGITS).replace("!", "i").replace("|", "l"), text
    )


def _together(said: Normal) -> Normal:
    """Words that are spaced out, as one word. Keeps the places of the letters."""
    gone = {
        at
        for match in SPACED.finditer(said.text)
        for at in range(*match.span())
        if not said.text[at].isalpha()
    }
    if not gone:
        return said
    kept = [at for at in range(len(said.text)) if at not in gone]
    return Normal("".join(said.text[at] for at in kept), tuple(said.places[at] for at in kept))
