// The plan on the table: point at a place by mouse, touch or keys, and read a pin beside the drawing.
// Without this module every link leads to a page, and a place is chosen by its square.
const COLUMNS = "ABCDEFGHIJKL";
const ROWS = 8;
const WHOLE = 1000; // per mille, as the server keeps places
const STEP = 20, FINE = 2;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

function squareAt(x, y) {
  const column = Math.min(Math.floor((x * COLUMNS.length) / WHOLE), COLUMNS.length - 1);
  const row = Math.min(Math.floor((y * ROWS) / WHOLE), ROWS - 1);
  return COLUMNS[column] + (row + 1);
}

// The place is kept in the drawing's own measure; the box is the part of it that is shown.
const places = new WeakMap();

function boxOf(plan) {
  const [left, top, width, height] = plan.dataset.box.split(" ").map(Number);
  return { left, top, width, height };
}

function placeOf(plan) {
  if (!places.has(plan)) {
    const box = boxOf(plan), aim = plan.querySelector("[data-aim]");
    const part = (name) => parseFloat(aim.getAttribute(name)) / 100;
    places.set(plan, { x: box.left + part("x") * box.width, y: box.top + part("y") * box.height });
  }
  return places.get(plan);
}

function move(plan, x, y) {
  const box = boxOf(plan), aim = plan.querySelector("[data-aim]");
  const place = {
    x: Math.round(clamp(x, box.left, box.left + box.width)),
    y: Math.round(clamp(y, box.top, box.top + box.height)),
  };
  places.set(plan, place);
  aim.setAttribute("x", `${((place.x - box.left) / box.width) * 100}%`);
  aim.setAttribute("y", `${((place.y - box.top) / box.height) * 100}%`);
  aim.removeAttribute("visibility");
  return place;
}

function pointed(plan, event) {
  const frame = plan.getBoundingClientRect(), box = boxOf(plan);
  return move(
    plan,
    box.left + ((event.clientX - frame.left) / frame.width) * box.width,
    box.top + ((event.clientY - frame.top) / frame.height) * box.height,
  );
}

function say(plan, sentence, { x, y }) {
  const words = plan.querySelector("[data-say]");
  words.textContent = words.dataset[sentence]
    .replace("{square}", squareAt(x, y))
    .replace("{x}", Math.round(x / 10))
    .replace("{y}", Math.round(y / 10));
}

// The form takes the place; where it is not on the page yet, it is fetched beside the drawing.
async function put(plan, { focus = false } = {}) {
  const place = placeOf(plan), aside = document.getElementById("plan-aside");
  let form = document.querySelector("form[data-pin-form]");
  if (!form && plan.dataset.form) {
    await htmx.ajax("GET", `${plan.dataset.form}?x=${place.x}&y=${place.y}`, { target: aside, swap: "innerHTML" });
    form = document.querySelector("form[data-pin-form]");
    aside.scrollIntoView({ block: "nearest" });
  }
  if (!form) return; // on the way to the sign-in page
  form.querySelector("[name=x]").value = place.x;
  form.querySelector("[name=y]").value = place.y;
  form.querySelector("[data-square]").value = squareAt(place.x, place.y);
  say(plan, "placed", place);
  if (focus) form.querySelector("input[type=radio], textarea").focus();
}

document.addEventListener("click", (event) => {
  const pad = event.target.closest?.("[data-pad]");
  const link = event.target.closest?.("a[data-talk]");
  if (pad) {
    const plan = pad.closest("[data-plan]");
    pointed(plan, event);
    put(plan);
  } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    read(link, event);
  }
});

// A pin's talk opens beside the drawing; Escape leads back to the pin.
let opener;
async function read(link, event) {
  const aside = document.getElementById("plan-aside");
  if (!aside) return;
  event.preventDefault();
  opener = link;
  await htmx.ajax("GET", link.getAttribute("href"), { target: aside, swap: "innerHTML" });
  aside.tabIndex = -1;
  aside.focus({ preventScroll: true });
  aside.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opener && event.target.closest?.("#plan-aside")) return opener.focus();
  const plan = event.target.closest?.("[data-pad]")?.closest("[data-plan]");
  if (!plan) return;
  const direction = MOVES[event.key];
  if (direction) {
    const { x, y } = placeOf(plan), step = event.shiftKey ? FINE : STEP;
    say(plan, "say", move(plan, x + direction[0] * step, y + direction[1] * step));
  } else if (event.key === "Enter" || event.key === " ") {
    const { x, y } = placeOf(plan);
    move(plan, x, y);
    put(plan, { focus: true });
  } else return;
  event.preventDefault();
});

// The mark can be dragged to correct it; a swipe elsewhere still scrolls the page.
let dragged;
document.addEventListener("pointerdown", (event) => {
  const aim = event.target.closest?.("[data-aim]");
  if (!aim) return;
  dragged = aim.closest("[data-plan]");
  aim.setPointerCapture(event.pointerId);
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => dragged && pointed(dragged, event));
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (dragged) put(dragged);
    dragged = undefined;
  });
}

// Whoever chooses a square by its name sees the mark go there; its exact spot is the server's to find.
document.addEventListener("change", (event) => {
  const name = event.target.matches?.("[data-square]") && event.target.value;
  const plan = document.querySelector("[data-plan]");
  if (!name || !plan) return;
  const form = event.target.form;
  form.querySelector("[name=x]").value = form.querySelector("[name=y]").value = "";
  const column = COLUMNS.indexOf(name[0]), row = Number(name[1]) - 1;
  move(plan, ((column + 0.5) * WHOLE) / COLUMNS.length, ((row + 0.5) * WHOLE) / ROWS);
});

// The filters stand in the part that they refresh: the one that was changed keeps the focus.
let filtered;
document.addEventListener("change", (event) => {
  if (event.target.closest?.("#plan-table .filters")) filtered = event.target.name;
});

function prepare() {
  document.querySelectorAll("[data-pad], [data-with-script]").forEach((part) => { part.hidden = false; });
  if (filtered) document.querySelector(`#plan-table [name=${filtered}]`)?.focus({ preventScroll: true });
  filtered = undefined;
}
document.addEventListener("htmx:after:swap", prepare);
prepare();
