"""The tables of the content: one module for each page type, and what they share."""

from cms.content.models.article import ArticleExplained, ArticlePage, ArticleSource
from cms.content.models.condition import (
    ConditionCode,
    ConditionExplained,
    ConditionName,
    ConditionPage,
    ConditionSource,
)
from cms.content.models.course import CoursePage
from cms.content.models.exercise import ExerciseProgramme, ProgrammeEquipment
from cms.content.models.glossary import GlossaryTerm
from cms.content.models.home import HomeFeatured, HomePage, IndexFeatured, IndexPage
from cms.content.models.image import CustomImage, CustomRendition, ReplacedFile
from cms.content.models.legal import LegalText
from cms.content.models.links import (
    ArticleCondition,
    ArticleConstraint,
    ArticleTerm,
    CourseCondition,
    CourseConstraint,
    CourseTerm,
    ProductCondition,
    ProductConstraint,
    ProductInteraction,
    ProductTerm,
    ProgrammeCondition,
    ProgrammeConstraint,
    ProgrammeTerm,
    ServiceCondition,
    ServiceConstraint,
    ServiceTerm,
)
from cms.content.models.preview import Preview
from cms.content.models.product import ProductPage
from cms.content.models.provider import ProviderPage, ProviderRegister, ProviderSpecialism
from cms.content.models.reference import Reference
from cms.content.models.service import ServicePage
from cms.content.models.symptom import (
    SymptomCondition,
    SymptomExplained,
    SymptomName,
    SymptomPage,
    SymptomSource,
)
from cms.content.models.term import Term

__all__ = [
    "ArticleCondition",
    "ArticleConstraint",
    "ArticleExplained",
    "ArticlePage",
    "ArticleSource",
    "ArticleTerm",
    "ConditionCode",
    "ConditionExplained",
    "ConditionName",
    "ConditionPage",
    "ConditionSource",
    "CourseCondition",
    "CourseConstraint",
    "CoursePage",
    "CourseTerm",
    "CustomImage",
    "CustomRendition",
    "ExerciseProgramme",
    "GlossaryTerm",
    "HomeFeatured",
    "HomePage",
    "IndexFeatured",
    "IndexPage",
    "LegalText",
    "Preview",
    "ProductCondition",
    "ProductConstraint",
    "ProductInteraction",
    "ProductPage",
    "ProductTerm",
    "ProgrammeCondition",
    "ProgrammeConstraint",
    "ProgrammeEquipment",
    "ProgrammeTerm",
    "ProviderPage",
    "ProviderRegister",
    "ProviderSpecialism",
    "Reference",
    "ReplacedFile",
    "ServiceCondition",
    "ServiceConstraint",
    "ServicePage",
    "ServiceTerm",
    "SymptomCondition",
    "SymptomExplained",
    "SymptomName",
    "SymptomPage",
    "SymptomSource",
    "Term",
]
