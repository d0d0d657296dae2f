// What every page gains when JavaScript runs. Nothing here is needed to finish a task.

const busy = new WeakSet();

// A second click on a form under way does nothing; the server also recognises a resend.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (busy.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  busy.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
}, true);

function release(form) {
  busy.delete(form);
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}
const releaseAll = () => document.querySelectorAll("form[data-once]").forEach(release);
addEventListener("pageshow", (event) => event.persisted && releaseAll());
document.addEventListener("htmx:finally:request", (event) => {
  if (event.target.matches?.("form[data-once]")) release(event.target);
});

// Filters left empty do not stand in the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

// After a part of the page was replaced, what went wrong or what is new gets the focus.
function settle(root) {
  root.querySelectorAll("[data-limit]").forEach(count);
  root.querySelectorAll("[data-copy]").forEach(addCopyButton);
  root.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
  root.querySelector("[data-focus]")?.focus();
}
document.addEventListener("htmx:after:swap", (event) => {
  settle(document);
  if (document.activeElement !== document.body) return;
  // The link that was pressed went with the old part: go on from the new one.
  const place = document.getElementById(event.detail.ctx?.target?.id);
  if (!place) return;
  place.tabIndex = -1;
  (place.querySelector("textarea") ?? place).focus({ preventScroll: true });
});

// A text with a limit says how many letters are left.
function count(area) {
  const counter = area.closest(".field")?.querySelector("[data-counter]");
  if (!counter) return;
  const left = Number(area.dataset.limit) - [...area.value].length;
  if (area.value) counter.textContent = counter.dataset.counter.replace("{left}", left.toLocaleString(document.documentElement.lang));
}
document.addEventListener("input", (event) => event.target.matches("[data-limit]") && count(event.target));

function addCopyButton(value) {
  if (!navigator.clipboard || value.nextElementSibling) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet no-print";
  button.textContent = value.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(value.textContent.trim());
    button.textContent = value.dataset.copied;
  });
  value.after(button);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

settle(document);
