// Under every text with a limit: how much of it is used. Fields of new blocks and rows count too.
const NEAR = 0.9;
const FIELDS = "textarea[maxlength], input[type=text][maxlength]";
const SHORTEST = 80; // a limit below this is seen at a glance

function count(field) {
  const limit = Number(field.getAttribute("maxlength"));
  if (!(limit >= SHORTEST)) return;
  let note = field.nextElementSibling;
  if (!note || !note.classList.contains("character-count")) {
    note = document.createElement("p");
    note.className = "character-count";
    field.insertAdjacentElement("afterend", note);
  }
  note.textContent = `${field.value.length} / ${limit}`;
  note.classList.toggle("character-count--near", field.value.length >= NEAR * limit);
}

document.addEventListener("focusin", ({ target }) => target.matches(FIELDS) && count(target));
document.addEventListener("input", ({ target }) => target.matches(FIELDS) && count(target));
