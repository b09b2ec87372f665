// The box that the editor of rich text, or of tags, puts into a field gets no name of its own: the
// label of the field is one.
const BOXES = ":is(.Draftail-Editor [role=textbox], .tagit-new input):not([aria-labelledby])";

function name(box) {
  const field = box.closest(".w-field__wrapper");
  const stored = field?.querySelector("input[name][id]");
  // In a block the label stands before the field; above a panel it names what is stored.
  const label =
    field?.parentElement.querySelector(":scope > .w-field__label") ??
    (stored && document.querySelector(`label[for="${CSS.escape(stored.id)}"]`));
  if (!label) return;
  label.id ||= `${stored?.id ?? "text"}-label`;
  box.setAttribute("aria-labelledby", label.id);
}

// In a block, what is wrong with a field is written beside it; this says that it is about the field.
const WRONG = ".w-field--error [aria-invalid=true][id]";

function describe(box) {
  const errors = box.closest(".w-field--error").querySelector("[data-field-errors]");
  if (!errors) return;
  errors.id ||= `${box.id}-errors`;
  const known = (box.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  if (known.includes(errors.id)) return;
  box.setAttribute("aria-describedby", [...known, errors.id].join(" "));
}

function mend() {
  document.querySelectorAll(BOXES).forEach(name);
  document.querySelectorAll(WRONG).forEach(describe);
}

new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
mend();
