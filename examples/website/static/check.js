// Asks the next question without loading a page: the API says which. Whatever goes another way than
// planned, and every end, is sent to the website as the form would have been without this script.
// Answers live in this module's memory and in the form; no address, cookie or storage holds them.

import { Fault, fieldsOf, read } from "./answers.js";

const PATIENCE = 8000; // milliseconds
const area = document.querySelector(".check");
const form = document.getElementById("check");
const back = document.getElementById("back");
const summary = document.getElementById("summary");
const texts = JSON.parse(document.getElementById("texts").dataset.texts);

const first = JSON.parse(form.elements.answers.value); // what was answered before this page
const asked = [form.elements.question.value]; // by step of this page
const given = []; // by step of this page
let step = 0;
let busy = false;

history.replaceState({ step: 0 }, "");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  const template = templateOf(asked[step]);
  let answer;
  try {
    answer = read(JSON.parse(template.dataset.asks), fieldsOf(form));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return show(fault);
  }
  given.splice(step, Infinity, answer);
  busy = true;
  form.setAttribute("aria-busy", "true");
  const result = await evaluate();
  busy = false;
  form.removeAttribute("aria-busy");
  if (result?.status !== "in_progress" || !templateOf(result.next[0])) return sendOn();
  asked.splice(step + 1, Infinity, result.next[0]);
  step += 1;
  const address = new URL(location.href);
  address.searchParams.set("stap", first.length + step + 1);
  history.pushState({ step }, "", address);
  ask(result.progress);
});

back.addEventListener("submit", (event) => {
  if (step === 0) return; // to before this page: the form itself goes there
  event.preventDefault();
  history.back();
});

addEventListener("popstate", (event) => {
  const wanted = event.state?.step ?? 0;
  if (wanted >= asked.length) return location.reload();
  step = wanted;
  ask();
});

// After an end the browser may bring this page back as it was left.
addEventListener("pageshow", (event) => event.persisted && ask());

// Only `given` up to this step counts: what follows was answered before going back.
function trail() {
  return [...first, ...given.slice(0, step + 1).map((answer, at) => [asked[at], answer])];
}

async function evaluate() {
  const { version } = form.elements;
  const body = { version: Number(version.value), answers: Object.fromEntries(trail()), locale: area.dataset.locale };
  try {
    const answer = await fetch(area.dataset.evaluate, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // the website asks once more, and has a page for when that fails
  }
}

// As without this script: the answers before, the question, and what is filled in.
function sendOn() {
  form.submit();
}

function ask(progress) {
  const key = asked[step];
  document.getElementById("question").replaceChildren(templateOf(key).content.cloneNode(true));
  const before = [...first, ...given.slice(0, step).map((answer, at) => [asked[at], answer])];
  for (const each of [form, back]) each.elements.answers.value = JSON.stringify(before);
  form.elements.question.value = key;
  refill(given[step]);
  back.hidden = before.length === 0;
  summary.hidden = true;
  count(before.length + 1, progress);
  document.querySelector("#question h1").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function count(number, progress) {
  const total = document.getElementById("total");
  const bar = document.getElementById("bar");
  if (progress) bar.max = Math.max(progress.total, number);
  document.getElementById("step").textContent = number;
  if (total) total.textContent = bar.max;
  bar.value = number - 1;
  document.title = `${texts.number} ${number}, ${texts.title} – ${texts.site}`;
}

// What was answered here before going back.
function refill(answer) {
  if (answer === undefined) return;
  const fields = document.getElementById("question");
  const set = (name, value) => (fields.querySelector(`[name=${name}]`).value = value);
  if (answer?.unit) {
    set("amount", answer.value);
    set("unit", answer.unit);
  } else if (typeof answer === "number") {
    set("number", answer);
  } else {
    const values = answer?.unknown ? [`unknown:${answer.unknown}`] : [answer].flat().map(named);
    for (const box of fields.querySelectorAll("[name=value]")) box.checked = values.includes(box.value);
  }
}

function named(value) {
  return value === true ? "yes" : value === false ? "no" : value;
}

function show(fault) {
  const says = texts.faults[fault.code];
  const at = document.getElementById("fault");
  at.textContent = says;
  at.hidden = false;
  const link = document.getElementById("to-fault");
  link.textContent = says;
  link.href = `#${fault.field}`;
  summary.hidden = false;
  summary.focus();
  if (!document.title.startsWith(texts.error)) document.title = texts.error + document.title;
}

function templateOf(key) {
  return document.querySelector(`template[data-question="${CSS.escape(key)}"]`);
}
