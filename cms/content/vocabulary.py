"""The closed lists that editors choose from. Keys are part of the API; labels are for the admin."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HealthAspect(TextChoices):
    """What a section of a condition page is about.

    Names follow the health aspects of schema.org and of the NHS content API where they agree, in
    our own spelling, so that the list can be mapped to either.
    """

    OVERVIEW = "overview", _("Overview")
    TYPES = "types", _("Types")
    SYMPTOMS = "symptoms", _("Symptoms")
    CAUSES = "causes", _("Causes")
    RISK_FACTORS = "risk_factors", _("Risk factors")
    DIAGNOSIS = "diagnosis", _("Diagnosis")
    PROGNOSIS = "prognosis", _("Prognosis")
    STAGES = "stages", _("Stages")
    TREATMENTS = "treatments", _("Treatments")
    SELF_CARE = "self_care", _("Self-care")
    PREVENTION = "prevention", _("Prevention")
    LIVING_WITH = "living_with", _("Living with it")
    SEE_DOCTOR = "see_doctor", _("When to see a doctor")
    PREGNANCY = "pregnancy", _("Pregnancy")
    SCREENING = "screening", _("Screening: start here")
    DIFFERENTIAL = "differential_diagnosis", _("Other conditions it can look like")
    PRODUCTS = "products", _("Products")
    INFORMATION = "information", _("About this information")


class TermKind(TextChoices):
    FACTOR = "factor", _("Factor: something that slows recovery down")
    CONSTRAINT = "constraint", _("Constraint: limits what is safe")
    PHASE = "phase", _("Phase of recovery")
    CONTEXT = "context", _("Context: work, home or on the road")
    AUDIENCE = "audience", _("Audience")
    SPECIALISM = "specialism", _("Specialism of a professional")
    MEDICINE = "medicine", _("Medicine, or a group of them, that interacts")
    MEASURE = "measure", _("Measure: what a statistic counts")
    ACTIVITY = "activity", _("Activity or trigger, such as the weather or tiling")

    @property
    def short(self) -> str:
        """In one word, to stand behind a label."""
        return str(_SHORT[self])


_SHORT = {
    TermKind.FACTOR: _("factor"),
    TermKind.CONSTRAINT: _("constraint"),
    TermKind.PHASE: _("phase"),
    TermKind.CONTEXT: _("context"),
    TermKind.AUDIENCE: _("audience"),
    TermKind.SPECIALISM: _("specialism"),
    TermKind.MEDICINE: _("medicine"),
    TermKind.MEASURE: _("measure"),
    TermKind.ACTIVITY: _("activity"),
}


class Register(TextChoices):
    """Who says a name."""

    LAY = "lay", _("What people call it")
    MEDICAL = "medical", _("Medical name")


class Relation(TextChoices):
    """How another name relates to the title. Only “same” is the same complaint."""

    SAME = "same", _("The same")
    NARROWER = "narrower", _("Narrower: a kind of it")
    BROADER = "broader", _("Broader: it is a kind of this")
    RELATED = "related", _("Related, not the same")


class Typicality(TextChoices):
    """How often a symptom is there when the condition is."""

    ALWAYS = "always", _("Always")
    OFTEN = "often", _("Often")
    SOMETIMES = "sometimes", _("Sometimes")
    RARELY = "rarely", _("Rarely")


class Modifiable(TextChoices):
    """Whether somebody can do something about a factor."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Stance(TextChoices):
    """What a point of the treatment says about what it names."""

    DO = "do", _("Do")
    DONT = "dont", _("Do not")
    CONSIDER = "consider", _("Consider")


class StartAction(TextChoices):
    """Where the buttons at the start of a condition page lead."""

    SCREENING = "screening", _("The screening of this condition")
    SERVICES = "services", _("Services")
    RECOMMENDATIONS = "recommendations", _("Recommended items")
    PAGE = "page", _("A page")


class StatisticUnit(TextChoices):
    PERCENT = "percent", _("Percent")
    DAYS = "days", _("Days")
    WEEKS = "weeks", _("Weeks")
    MONTHS = "months", _("Months")
    YEARS = "years", _("Years")
    TIMES = "times", _("Times")


class CodeSystem(TextChoices):
    ICPC1 = "icpc1", _("ICPC-1")
    ICD10 = "icd10", _("ICD-10")
    SNOMED = "snomed", _("SNOMED CT")


class ReferenceKind(TextChoices):
    GUIDELINE = "guideline", _("Guideline")
    SYSTEMATIC_REVIEW = "systematic_review", _("Systematic review")
    TRIAL = "trial", _("Trial")
    COHORT = "cohort", _("Cohort study")
    BOOK = "book", _("Book")
    LAW = "law", _("Law")
    WEBSITE = "website", _("Website")


class LegalKind(TextChoices):
    DISCLAIMER = "disclaimer", _("Disclaimer")
    AFFILIATE_DISCLOSURE = "affiliate_disclosure", _("About paid links")
    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy")
    COOKIES = "cookies", _("Cookies")


class ProductCategory(TextChoices):
    """Also the slot in which a product is advised."""

    ERGONOMICS = "ergonomics", _("Ergonomics")
    SLEEP = "sleep", _("Sleep")
    HEAT = "heat", _("Heat")
    TRAINING = "training", _("Training")
    SUPPLEMENTS = "supplements", _("Food supplement")
    FOOT = "foot", _("Feet and shoes")
    GADGETS = "gadgets", _("Gadgets")
    AIDS = "aids", _("Aids")


class Effect(TextChoices):
    AVOID = "avoid", _("Avoid: never advise it")
    ASK_FIRST = "ask_first", _("Ask first: advise it with a caution")


class GuidelineStance(TextChoices):
    SUPPORTS = "supports", _("Supports it")
    INSUFFICIENT = "insufficient", _("Finds the evidence insufficient")
    AGAINST = "against", _("Advises against it")
    NONE = "none", _("Says nothing about it")


class Evidence(TextChoices):
    """Certainty of the evidence, in the four steps of GRADE."""

    HIGH = "high", _("High")
    MODERATE = "moderate", _("Moderate")
    LOW = "low", _("Low")
    VERY_LOW = "very_low", _("Very low")


class Access(TextChoices):
    """Whether a professional can be seen without a doctor's referral."""

    DIRECT = "direct", _("Not needed: make an appointment yourself")
    REFERRAL = "referral", _("Needed: go to the general practitioner first")


class ReviewKind(TextChoices):
    CLINICAL = "clinical", _("By a clinician")
    EDITORIAL = "editorial", _("By an editor")
    DEMO = "demo", _("Demo: counts only in a demonstration")


class Licence(TextChoices):
    CC0 = "CC0-1.0", _("CC0: free for everyone")
    CC_BY = "CC-BY-4.0", _("CC BY: free with the maker's name")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA: free with the maker's name, shared alike")
    OWN = "own", _("Our own")
    BOUGHT = "bought", _("Licence bought")


class Level(TextChoices):
    """How hard a programme or a piece of training equipment makes you work."""

    LIGHT = "light", _("Light")
    MODERATE = "moderate", pgettext_lazy("how hard", "Moderate")
    INTENSE = "intense", _("Intense")


class Firmness(TextChoices):
    SOFT = "soft", _("Soft")
    MEDIUM = "medium", _("Medium")
    FIRM = "firm", _("Firm")
    ADJUSTABLE = "adjustable", _("Adjustable")
    NOT_APPLICABLE = "na", _("Does not apply")


class SleepingPosition(TextChoices):
    SIDE = "side", _("On the side")
    BACK = "back", _("On the back")
    STOMACH = "stomach", _("On the stomach")


class ServiceKind(TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online only")
    PROGRAMME = "programme", _("A programme made to measure")


class CourseFormat(TextChoices):
    ONLINE = "online", _("Online, at your own pace")
    GROUP = "group", _("In a group")
    INDIVIDUAL = "individual", _("One to one")


class ProfessionalRegister(TextChoices):
    BIG = "big", _("BIG: protected professions")
    AGB = "agb", _("AGB: code of a care provider or practice")
    KRF = "krf", _("KRF: register of physiotherapists (KNGF)")
    SKF = "skf", _("SKF: register of physiotherapists (Keurmerk)")


# What is spoken at a practice, by the two letters of ISO 639-1.
SPOKEN = (
    ("nl", _("Dutch")),
    ("en", _("English")),
    ("de", _("German")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
    ("pt", _("Portuguese")),
    ("fy", _("Frisian")),
    ("tr", _("Turkish")),
    ("ar", _("Arabic")),
    ("pl", _("Polish")),
    ("uk", _("Ukrainian")),
    ("ru", _("Russian")),
    ("ro", _("Romanian")),
    ("bg", _("Bulgarian")),
    ("zh", _("Chinese")),
    ("hi", _("Hindi")),
    ("fa", _("Persian")),
    ("so", _("Somali")),
    ("ti", _("Tigrinya")),
)
PROFILES = ((1, _("Profile 1")), (2, _("Profile 2")), (3, _("Profile 3")))
