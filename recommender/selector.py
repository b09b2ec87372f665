"""Which items a rule or a flag speaks of, by their own fields."""

from dataclasses import astuple, dataclass

from recommender.items import TYPES, Item
from recommender.reading import REFERENCE, REFERENCE_RULE, Problem, Reader


@dataclass(frozen=True)
class Selector:
    """Fits an item when every field that is given fits. `items` are translation keys.

    Raises ValueError when no field is given: nothing must not come to mean everything.
    """

    items: tuple[str, ...] = ()
    type: str = ""
    slot: str = ""
    condition: str = ""
    factor: str = ""
    phase: str = ""
    paid: bool | None = None

    def __post_init__(self) -> None:
        if all(value in ((), "", None) for value in astuple(self)):
            raise ValueError(
                "must select by at least one of: items, type, slot, condition, factor, phase, paid"
            )

    def fits(self, item: Item) -> bool:
        return (
            (not self.items or item.translation_key in self.items)
            and self.type in ("", item.type)
            and self.slot in ("", item.slot)
            and (not self.condition or self.condition in item.conditions)
            and (not self.factor or self.factor in item.factors)
            and (not self.phase or self.phase in item.phases)
            and self.paid in (None, item.paid)
        )


def read_selector(reader: Reader) -> Selector | None:
    """Read all of `reader`; None after noting that it selects nothing in particular."""
    items = _items(reader)
    paid = reader.boolean("paid", default=False) if reader.has("paid") else None
    kind = reader.choice("type", TYPES, optional=True)
    names = {
        name: reader.key(name, optional=True) for name in ("slot", "condition", "factor", "phase")
    }
    reader.close()
    try:
        return Selector(items=items, type=kind, paid=paid, **names)
    except ValueError as error:
        reader.fault(str(error))
        return None


def _items(reader: Reader) -> tuple[str, ...]:
    found = []
    for at, value in reader.elements("items", least=1) if reader.has("items") else ():
        if isinstance(value, str) and REFERENCE.fullmatch(value):
            found.append(value)
        else:
            reader.problems.append(Problem(at, REFERENCE_RULE))
    return tuple(found)
