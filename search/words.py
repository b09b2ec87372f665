"""What the analysis knows about words, as data: stop words and stems that Snowball gets wrong.

All words are written as folding leaves them: lower case, without accents.
"""

# Words that say nothing about what somebody looks for. Kept short on purpose: a word that is also
# a part of the body ("been"), a vitamin ("d") or a direction of pain ("links") is not in it.
STOP_WORDS = {
    "nl": """
        de het een en of maar want dus als dan dat dit die deze er hier daar
        in op aan uit om van voor met bij door naar over tot tegen tijdens sinds na te
        ik je jij jou jouw u uw me mij mijn we wij ons onze ze zij hij hun hen
        is ben bent zijn was waren wordt worden word heb hebt heeft hebben had
        kan kun kunt kunnen mag moet moeten wil zou zal zullen doe doet doen
        wat welk welke wie hoe waar waarom wanneer
        niet geen ook nog al wel toch zo heel erg
    """,
    "en": """
        a an the and or but if then so that this these those there here
        in on at to of for from with by about into over during since after against
        i you your my me we our us he she they them their it its
        is are am was were be been being have has had do does did
        can could may might must should will would
        what which who how where why when
        not no don doesn isn also still very
    """,
}

# stem: the forms that belong to it. Snowball's Dutch takes "ge" off "gewricht" and "gezond" (which
# then meets "zon"), makes "kwaal" of "kwaliteit" and "kus" of "kussen", and leaves most verbs in
# -t and participles alone.
FORMS = {
    "nl": {
        "behandel": "behandel behandelt behandeld behandelde behandelen behandeling behandelingen",
        "bekken": "bekken bekkens",
        "beweeg": "beweeg beweegt bewoog bewogen bewegen beweging bewegingen",
        "dag": "dag dagen",
        "fiets": "fiets fietst fietsen",
        "gewricht": "gewricht gewrichten gewrichts",
        "gezond": "gezond gezonde gezonder gezondheid",
        "herstel": "herstel herstelt hersteld herstelde herstellen herstellende",
        "hoofd": "hoofd hoofden",
        "knie": "knie knieen",
        "kussen": "kussen kussens",
        "kwaliteit": "kwaliteit kwaliteiten",
        "laag": "laag lage lager",
        "oefen": "oefen oefent oefende oefenen geoefend oefening oefeningen",
        "ontsteking": "ontsteking ontstekingen ontstoken",
        "operatie": "operatie operaties opereren geopereerd",
        "pols": "pols polsen",
        "probleem": "probleem problemen",
        "straal": "straalt stralen uitstralen uitstraalt uitstraling uitstralende",
        "therapie": "therapie therapieen",
        "til": "til tilt tillen tilde getild",
        "voel": "voel voelt voelde voelen",
        "warm": "warm warme warmer warmte",
        "zit": "zit zitten zat gezeten zittend zittende",
        "zwaar": "zwaar zware zwaarder",
        "zwanger": "zwanger zwangere zwangeren zwangerschap zwangerschappen",
    },
    "en": {},
}
