"""Fields of shapes. All are `Any` to the type checker: a shape may have a field called `label` or
`fields`, which a serializer also has as an attribute of another type."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

Shape = serializers.Serializer[Any]


def part(shape: type[Shape], **options: Any) -> Any:
    return shape(**options)


def text(says: str = "", **options: Any) -> Any:
    return serializers.CharField(help_text=says or None, **options)


def maybe_text(says: str = "", **options: Any) -> Any:
    return text(says, allow_null=True, **options)


def number(says: str = "", **options: Any) -> Any:
    return serializers.IntegerField(help_text=says or None, **options)


def moment(says: str = "") -> Any:
    return serializers.DateTimeField(help_text=says or None, allow_null=True)


def one_of(*names: str, says: str = "", **options: Any) -> Any:
    return serializers.ChoiceField(list(names), help_text=says or None, **options)


def texts(says: str = "", **options: Any) -> Any:
    return serializers.ListField(child=serializers.CharField(), help_text=says or None, **options)


def told_apart(
    name: str, *kinds: type[Shape], by: str = "type", **options: Any
) -> PolymorphicProxySerializer:
    """One of several shapes, by the one value that its field `by` may have."""
    return PolymorphicProxySerializer(
        component_name=name,
        serializers={only_value(kind, by): kind for kind in kinds},
        resource_type_field_name=by,
        **options,
    )


def only_value(kind: type[Shape], name: str) -> str:
    field: Any = kind().fields[name]
    return str(next(iter(field.choices)))
