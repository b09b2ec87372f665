"""The tables of the content: one module for each page type, and what they share."""

from cms.content.models.article import ArticlePage, ArticleSource
from cms.content.models.condition import ConditionName, ConditionPage, ConditionSource
from cms.content.models.exercise import ExerciseProgramme
from cms.content.models.home import HomeFeatured, HomePage, IndexFeatured, IndexPage
from cms.content.models.image import CustomImage, CustomRendition, ReplacedFile
from cms.content.models.links import (
    ArticleCondition,
    ArticleConstraint,
    ArticleTerm,
    ProductCondition,
    ProductConstraint,
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
from cms.content.models.service import ServicePage
from cms.content.models.term import Term

__all__ = [
    "ArticleCondition",
    "ArticleConstraint",
    "ArticlePage",
    "ArticleSource",
    "ArticleTerm",
    "ConditionName",
    "ConditionPage",
    "ConditionSource",
    "CustomImage",
    "CustomRendition",
    "ExerciseProgramme",
    "HomeFeatured",
    "HomePage",
    "IndexFeatured",
    "IndexPage",
    "Preview",
    "ProductCondition",
    "ProductConstraint",
    "ProductPage",
    "ProductTerm",
    "ProgrammeCondition",
    "ProgrammeConstraint",
    "ProgrammeTerm",
    "ReplacedFile",
    "ServiceCondition",
    "ServiceConstraint",
    "ServicePage",
    "ServiceTerm",
    "Term",
]
