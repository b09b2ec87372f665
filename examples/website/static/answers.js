// What a visitor filled in as an answer of the API: the same rules as answers.py.

const PREFIX = "unknown:"; // an option may be called dont_know too
const UNKNOWNS = ["dont_know", "rather_not_say"];

export class Fault extends Error {
  /** `code` names the sentence in the texts; `field` is the part of the form to go to. */
  constructor(code, field = "value") {
    super(code);
    this.code = code;
    this.field = field;
  }
}

/** The answer in the form of the API. `fields`: a list for each name. Throws Fault. */
export function read(asks, fields) {
  const values = fields.value ?? [];
  const unknown = values.filter((each) => each.startsWith(PREFIX)).map((each) => each.slice(PREFIX.length));
  const chosen = values.filter((each) => !each.startsWith(PREFIX));
  const typed = ["amount", "number"].some((name) => (fields[name] ?? []).some((text) => text.trim()));
  if (unknown.length) {
    if (chosen.length || typed || unknown.length > 1 || !UNKNOWNS.includes(unknown[0])) {
      throw new Fault("unknown_alone");
    }
    return { unknown: unknown[0] };
  }
  return READERS[asks.kind](asks, chosen, fields);
}

const READERS = {
  yes_no(asks, chosen) {
    if (chosen.length !== 1 || !["yes", "no"].includes(chosen[0])) throw new Fault("choose");
    return chosen[0] === "yes";
  },
  single(asks, chosen) {
    if (chosen.length !== 1 || !asks.options.includes(chosen[0])) throw new Fault("choose");
    return chosen[0];
  },
  several(asks, chosen) {
    if (!chosen.length || chosen.some((key) => !asks.options.includes(key))) throw new Fault("choose_some");
    if (chosen.length > 1 && chosen.some((key) => asks.alone.includes(key))) throw new Fault("none_alone");
    return chosen;
  },
  number(asks, chosen, fields) {
    const number = amount(fields.number, "number");
    if (number < asks.low || number > asks.high) throw new Fault("number_range", "number");
    return number;
  },
  duration(asks, chosen, fields) {
    const value = amount(fields.amount, "amount");
    const units = fields.unit ?? [];
    if (units.length !== 1 || !asks.units.includes(units[0])) throw new Fault("unit", "unit");
    return { value, unit: units[0] };
  },
};

function amount(texts, field) {
  const text = (texts?.[0] ?? "").trim().replace(",", ".");
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text) || text.length > 9) throw new Fault("number", field);
  return Number(text);
}

/** A form as lists by name, without what nobody filled in. */
export function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) (fields[name] ??= []).push(value);
  return fields;
}
