// Photos are made small on the phone, can be covered there, and are sent in parts that survive a bad line.
// What was not sent yet stays on the phone, also over a reload. Without this script the form sends files.

const LONGEST = 1600; // pixels, as the server keeps them
const QUALITY = 0.8;
const WEEK = 7 * 24 * 3600 * 1000; // as long as a draft lives
const PATIENCE = 60000; // ms for one part

const form = document.getElementById("photos-form");
const tools = document.getElementById("photo-tools");
const words = tools.dataset;
const [frame, pattern, dialog] = tools.content.children;
const fields = form.querySelectorAll(".camera__field");
const keep = form.querySelector("[data-keep]");
const waiting = new Map(); // key -> {key, draft, blob, sends, at, card}

// What is not sent yet lies in the browser's own store; where there is none (private windows), in memory only.
const opened = new Promise((resolve) => {
  const asked = indexedDB.open("photos", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => resolve(null);
}).catch(() => null);

async function inStore(act) {
  const db = await opened;
  if (!db) return [];
  return new Promise((resolve) => {
    const asked = act(db.transaction("waiting", "readwrite").objectStore("waiting"));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve([]);
  });
}
const remember = ({ card, ...photo }) => inStore((store) => store.put(photo));

// A new drawing carries the pixels and nothing of what the camera wrote beside them.
async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale) || 1;
  canvas.height = Math.round(picture.height * scale) || 1;
  const pen = canvas.getContext("2d", { alpha: false });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return packed(canvas);
}
const packed = (canvas) => new Promise((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no blob"))), "image/jpeg", QUALITY);
});

async function choose(files) {
  const room = words.most - waiting.size - form.querySelectorAll("#photo-list .photo-card").length;
  for (const file of [...files].slice(0, room)) {
    const photo = { key: crypto.randomUUID(), draft: words.draft, blob: file, sends: false, at: Date.now() };
    show(photo);
    say(photo, words.shrinking);
    try {
      photo.blob = await shrink(file);
    } catch {
      photo.isUntouched = true; // the browser cannot read it: the server says whether it can
    }
    await remember(photo);
    await preview(photo);
    say(photo, words.waiting);
  }
  warn(files.length > room ? words.full : "");
}

function show(photo) {
  photo.card = pattern.cloneNode(true);
  photo.card.querySelector("[data-drop]").onclick = () => drop(photo);
  photo.card.querySelector("[data-cover]").onclick = () => cover(photo);
  waiting.set(photo.key, photo);
  frame.querySelector("ol").append(photo.card);
  if (!frame.isConnected) form.querySelector("#photo-list").before(frame);
}

async function preview(photo) {
  const canvas = photo.card.querySelector("canvas");
  photo.card.querySelector("[data-cover]").hidden = photo.isUntouched || photo.sends;
  try {
    const picture = await createImageBitmap(photo.blob, { resizeWidth: 480 });
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d").drawImage(picture, 0, 0);
  } catch {
    canvas.hidden = true;
  }
}

function say(photo, text, share) {
  const state = photo.card.querySelector(".photo-card__state");
  if (state.textContent !== text) state.textContent = text;
  const bar = photo.card.querySelector("progress");
  bar.hidden = share === undefined;
  if (share !== undefined) bar.value = share;
}

function warn(text) {
  const place = frame.querySelector("[role=alert]");
  place.textContent = text;
  place.hidden = !text;
}

function drop(photo) {
  photo.isDropped = true;
  photo.request?.abort();
  waiting.delete(photo.key);
  inStore((store) => store.delete(photo.key));
  photo.card.remove();
  if (!waiting.size) frame.remove();
}

async function cover(photo) {
  const { shade } = await import(words.coverModule);
  const covered = await shade(dialog, photo.blob, words.box);
  if (!covered) return;
  photo.blob = await packed(covered);
  await remember(photo);
  await preview(photo);
}

// Sending: one photo after the other, each in parts, each part until it is there.
let isSending = false;
async function send() {
  for (const photo of waiting.values()) {
    photo.sends = true;
    photo.card.querySelector("[data-cover]").hidden = true;
    await remember(photo);
  }
  if (isSending) return;
  isSending = true;
  for (let photo; (photo = [...waiting.values()].find((one) => one.sends && !one.isRefused));) {
    if (!(await deliver(photo))) continue;
    drop(photo);
    keep.click(); // the list comes anew, with what was typed in it
  }
  isSending = false;
}

async function deliver(photo) {
  let offset = photo.isKnown ? await received(photo) : 0;
  for (let tries = 0; !photo.isDropped;) {
    if (offset === Infinity) return true;
    if (offset === null) {
      say(photo, words.again);
      await pause(Math.min(30, 2 ** tries++) * 1000);
      offset = await received(photo);
      continue;
    }
    photo.isKnown = true;
    const part = photo.blob.slice(offset, offset + Number(words.part));
    const answer = await post(photo, part, offset);
    if (answer.status === 201) return true;
    if (answer.status === 200 || answer.status === 409) {
      offset = answer.body.received;
      tries = 0;
    } else if (answer.status === 422 || answer.status === 413) {
      return refuse(photo, answer.body.error ?? words.full);
    } else if ([400, 404].includes(answer.status)) {
      return refuse(photo, words.session);
    } else offset = null;
  }
  return false;
}

function refuse(photo, why) {
  photo.isRefused = true;
  photo.card.classList.add("photo-card--refused");
  say(photo, why);
  return false;
}

// How many bytes are there; Infinity when the photo is complete, null when nobody answers.
async function received(photo) {
  try {
    const answer = await fetch(words.uploads + photo.key, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 404) return 0;
    const told = await answer.json();
    return told.done ? Infinity : told.received;
  } catch {
    return null;
  }
}

function post(photo, part, offset) {
  return new Promise((resolve) => {
    const request = (photo.request = new XMLHttpRequest());
    const total = photo.blob.size;
    request.open("POST", `${words.uploads}${photo.key}?offset=${offset}&total=${total}`);
    request.timeout = PATIENCE;
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRFToken", form.elements.csrf_token.value);
    request.upload.onprogress = ({ loaded }) => {
      const share = Math.round((offset + loaded) / total * 100);
      say(photo, words.sending.replace("{percent}", share), share);
    };
    request.onloadend = () => resolve({ status: request.status, body: request.response ?? {} });
    request.send(part);
  });
}

// Waits, but no longer than until the line is back.
const pause = (ms) => new Promise((resolve) => {
  setTimeout(resolve, ms);
  addEventListener("online", resolve, { once: true });
});

for (const field of fields) {
  field.addEventListener("change", () => {
    const files = [...field.files];
    field.value = ""; // they are ours now: the form sends none of them
    choose(files);
  });
}
frame.querySelector("[data-send]").onclick = send;

// Going on sends what waits first; asked before anybody notes that the form is under way.
addEventListener("submit", async (event) => {
  if (event.target !== form || !waiting.size || event.submitter === keep || event.submitter?.value === "back") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isSending || [...waiting.values()].some((photo) => photo.isRefused)) return warn(words.unsent);
  await send();
  if (waiting.size) return warn(words.unsent);
  form.requestSubmit(event.submitter);
}, true);

// What a reload or a lost line left behind goes on by itself where it stopped.
(async () => {
  form.classList.add("is-live");
  for (const photo of await inStore((store) => store.getAll())) {
    if (photo.at < Date.now() - WEEK) inStore((store) => store.delete(photo.key));
    if (photo.draft !== words.draft || waiting.has(photo.key)) continue;
    photo.isKnown = true;
    show(photo);
    say(photo, words.waiting);
    await preview(photo);
  }
  if ([...waiting.values()].some((photo) => photo.sends)) send();
})();
