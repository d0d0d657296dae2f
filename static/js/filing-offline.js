// The offline page: what is typed stays on this phone, and is sent once there is a line.

const { outbox } = self;
const room = document.querySelector("[data-outbox]");
const form = room.querySelector("form");
let held = []; // [name, value] of every field, photos included: a file field cannot be filled again
let timer;
const AGAIN = 10_000; // milliseconds until a sending that failed is tried anew

const says = (name) => {
  for (const part of room.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== name;
  if (name !== "typing") room.querySelector("[role=status]").scrollIntoView({ block: "nearest" });
};

function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

const collected = () => [...new FormData(form)].filter(([, value]) => typeof value === "string" || value.size);

async function hold(isReady) {
  if (!form.elements.token.value) form.elements.token.value = newToken();
  const now = collected();
  const photos = now.some(([name]) => name === "photos") ? [] : held.filter(([name]) => name === "photos");
  held = [...now, ...photos];
  await outbox.write({ fields: held, isReady });
  tellPhotos();
}

function tellPhotos() {
  const names = held.filter(([name]) => name === "photos").length;
  room.querySelector("[data-photos]").textContent = names ? room.dataset.photos.replace("{count}", names) : "";
}

function fill(fields) {
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else if (field.type !== "file") field.value = value;
    }
  }
  advise();
}

// What the chosen category must say first: the emergency number, or who else answers.
function advise() {
  const chosen = form.elements.category.selectedOptions[0];
  for (const notice of form.querySelectorAll("[data-advice]")) {
    notice.hidden = !chosen?.dataset[notice.dataset.advice];
    notice.querySelector("input").disabled = notice.hidden;
  }
  form.querySelector("[data-bodies]").textContent = chosen?.dataset.outside ?? "";
}

function leadOn({ sent, filed }) {
  form.hidden = true;
  for (const link of room.querySelectorAll("[data-onward]")) link.href = `${sent}#sent`;
  says(filed ? "filed" : "open");
}

async function send() {
  if (!navigator.onLine) return says("waiting");
  says("sending");
  try {
    const outcome = await outbox.send(room.dataset.outbox);
    if (!outcome) return says("typing");
    leadOn(outcome);
    if (!document.hidden) location.assign(`${outcome.sent}#sent`);
  } catch (answer) {
    if (answer.status !== 422) {
      // A line is often announced before it carries anything; and the worker may have sent it meanwhile.
      timer = setTimeout(send, AGAIN);
      return says("waiting");
    }
    room.querySelector("[data-problem]").textContent = (await answer.json()).problem;
    await outbox.write({ fields: held, isReady: false });
    says("refused");
  }
}

form.addEventListener("input", () => {
  advise();
  clearTimeout(timer);
  says("typing");
  timer = setTimeout(() => hold(false), 300);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!form.reportValidity()) return;
  clearTimeout(timer);
  await hold(true);
  const worker = await navigator.serviceWorker?.getRegistration();
  worker?.sync?.register("filing").catch(() => {});
  send();
});
// A phone that is shared: neither the report stays, nor the page, nor that anybody was here.
async function wipe() {
  await outbox.clear();
  indexedDB.deleteDatabase("filing");
  sessionStorage.clear();
  for (const name of await caches.keys()) if (name.startsWith("filing:")) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}

room.querySelector("[data-wipe]").addEventListener("click", async () => {
  clearTimeout(timer);
  await wipe();
  form.reset();
  form.hidden = false;
  held = [];
  form.elements.token.value = "";
  tellPhotos();
  advise();
  says("wiped");
});
addEventListener("online", send);

room.hidden = false;
const kept = await outbox.read();
if (kept?.sent) leadOn(kept);
else if (kept) {
  held = kept.fields;
  fill(held);
  tellPhotos();
  if (kept.isReady) send();
} else {
  fill(new URLSearchParams(sessionStorage.getItem(room.dataset.first) ?? ""));
}
