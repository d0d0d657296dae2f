// Keys of the desk: J and K walk the rows, a letter presses what carries it as data-key. Every key has a button beside it.

const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
const keysAreOn = () => localStorage.getItem("keys") !== "off";

function walk(step) {
  const titles = [...document.querySelectorAll("[data-rows] .queue__title")];
  const here = titles.indexOf(document.activeElement);
  titles[Math.max(0, Math.min(titles.length - 1, here + step))]?.focus();
}

function press(key) {
  const form = document.querySelector(`[data-key-form="${CSS.escape(key)}"]`);
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (form) form.querySelector("button").focus();
  else if (link) link.click();
  return Boolean(form || link);
}

function showKeys() {
  const hints = document.getElementById("keys");
  if (!hints) return;
  hints.open = true;
  hints.querySelector("summary").focus();
}

const MOVES = {
  j: () => walk(1),
  k: () => walk(-1),
  u: () => document.querySelector(".breadcrumbs a")?.click(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": showKeys,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keysAreOn()) return;
  const key = event.key.toLowerCase();
  if (press(key)) event.preventDefault();
  else if (MOVES[key]) {
    MOVES[key]();
    event.preventDefault();
  }
});

// WCAG 2.1.4: who speaks to the computer, or slips on keys, can switch them off.
for (const box of document.querySelectorAll("[data-keys-switch]")) {
  const input = box.querySelector("input");
  box.hidden = false;
  input.checked = keysAreOn();
  input.addEventListener("change", () => localStorage.setItem("keys", input.checked ? "on" : "off"));
}

// What was typed for one act follows to the next; an act that was just chosen is ready to be typed into.
const ofBox = (event) => event.detail?.ctx?.target?.id === "answer-box";
const words = () => document.querySelector("#answer-form textarea");
let carried = "";
document.addEventListener("htmx:before:swap", (event) => {
  if (ofBox(event)) carried = words()?.value ?? "";
});
document.addEventListener("htmx:after:swap", (event) => {
  if (!ofBox(event)) return;
  const field = words();
  if (field && carried && !field.value) {
    field.value = carried;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.querySelector("#answer-box :is(textarea, select)")?.focus();
});
