"""What makes Dutch or English hard to read. Pure: text in, sentences out.

B1 is the level of the Common European Framework that most adults read with ease. Two marks that
need no word list find most of what is harder: a sentence with many words, and one in which long
words crowd together. The second is LIX (C. H. Björnsson, 1968: words a sentence plus the percentage
of words over six letters), which Wagtail's own checks of a whole page use too.
"""

import re

LONGEST = 20  # words in a sentence: the limit of "Direct duidelijk" and of GOV.UK is 20 to 25
HARD_LIX = 55  # from about 55 on LIX calls a text difficult
FEWEST = 8  # words: LIX means nothing for a shorter sentence
LONG_WORD = 6  # letters, by the definition of LIX

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s|$)[^.!?\n]+)*[.!?]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break ends one as well. "3.5" and "bijv." do not matter."""
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def lix(words: list[str]) -> float:
    """LIX of one sentence."""
    long = sum(len(word) > LONG_WORD for word in words)
    return len(words) + 100 * long / len(words)


def is_hard(sentence: str) -> bool:
    words = _WORD.findall(sentence)
    return len(words) > LONGEST or (len(words) >= FEWEST and lix(words) > HARD_LIX)


def hard_sentences(text: str) -> list[str]:
    """The sentences that are harder than B1, in order."""
    return [sentence for sentence in sentences(text) if is_hard(sentence)]
