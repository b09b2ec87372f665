"""The closed lists that editors choose from. Keys are part of the API; labels are for the admin."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class TermKind(TextChoices):
    FACTOR = "factor", _("Factor: something that slows recovery down")
    CONSTRAINT = "constraint", _("Constraint: limits what is safe")
    PHASE = "phase", _("Phase of recovery")
    CONTEXT = "context", _("Context: work, home or on the road")
    AUDIENCE = "audience", _("Audience")


class NameKind(TextChoices):
    """How another name relates to the title. A related name is not quite the same complaint."""

    SYNONYM = "synonym", _("Same complaint, other word")
    MEDICAL = "medical", _("Medical name")
    LAY = "lay", _("What people call it")
    RELATED = "related", _("Related, not the same")


class ProductCategory(TextChoices):
    """Also the slot in which a product is advised."""

    ERGONOMICS = "ergonomics", _("Ergonomics")
    SLEEP = "sleep", _("Sleep")
    HEAT = "heat", _("Heat")
    TRAINING = "training", _("Training")
    SUPPLEMENTS = "supplements", _("Food supplement")


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


PROFILES = ((1, _("Profile 1")), (2, _("Profile 2")), (3, _("Profile 3")))
