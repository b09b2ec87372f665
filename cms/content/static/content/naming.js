// The rich text editor gives its text box no name of its own: the label of its field is one.
const BOXES = ".Draftail-Editor [role=textbox]:not([aria-labelledby])";

function name(box) {
  const field = box.closest(".w-field__wrapper");
  const stored = field?.querySelector("input[type=hidden][id]");
  // In a block the label stands before the field; above a panel it names what is stored.
  const label =
    field?.parentElement.querySelector(":scope > .w-field__label") ??
    (stored && document.querySelector(`label[for="${CSS.escape(stored.id)}"]`));
  if (!label) return;
  label.id ||= `${stored?.id ?? "text"}-label`;
  box.setAttribute("aria-labelledby", label.id);
}

const nameAll = () => document.querySelectorAll(BOXES).forEach(name);
new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true });
nameAll();
