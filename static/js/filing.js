// A question's page keeps what is typed on it: on the server, and in this tab while there is no line.

const ask = document.querySelector("[data-ask]");
const form = ask?.querySelector("[name=page]")?.form;
const here = () => location.pathname;
const fields = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
const words = () => { const all = fields(); all.delete("csrf_token"); return all.toString(); };
let last, timer;

async function keep() {
  clearTimeout(timer);
  const typed = words();
  if (typed === last) return;
  last = typed;
  try {
    const answer = await fetch(`${here()}/typed`, { method: "POST", body: fields(), keepalive: true });
    if (!answer.ok) return;
    sessionStorage.removeItem(here());
    // The first page became the page of a draft: reloading it, or coming back, leads there.
    if (answer.status === 201) history.replaceState(null, "", answer.headers.get("Location"));
    tell(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    sessionStorage.setItem(here(), typed);
    last = null;
    document.getElementById("kept").textContent = ask.dataset.offline;
  }
}

function tell(page) {
  for (const id of ["kept", "covered"]) {
    const fresh = page.getElementById(id)?.innerHTML;
    const place = document.getElementById(id);
    if (fresh !== undefined && place.innerHTML !== fresh) place.innerHTML = fresh;
  }
  // The session was over and a new one has begun: the page goes on with its token.
  const token = page.querySelector("[data-ask] [name=csrf_token]");
  if (token) for (const old of document.getElementsByName("csrf_token")) old.value = token.value;
}

function restore(typed) {
  for (const [name, value] of new URLSearchParams(typed)) {
    for (const field of document.getElementsByName(name)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else if (field.type !== "hidden") field.value = value;
    }
  }
}

if (form) {
  const lost = sessionStorage.getItem(here());
  if (lost) restore(lost);
  last = lost ? null : words();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 2500);
  });
  // At the window: before portal.js takes the form for one that is under way.
  addEventListener("submit", (event) => {
    if (event.target !== form) return;
    clearTimeout(timer);
    last = navigator.onLine ? words() : null;
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keep();
  }, true);
  addEventListener("online", keep);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}

// The report that waited on this phone has its receipt: nothing of it stays here.
if (location.hash === "#sent") indexedDB.deleteDatabase("filing");

if (ask && "serviceWorker" in navigator) {
  // Where it is refused (a private window) everything works but filing without a line.
  const prepare = () => navigator.serviceWorker.register(ask.dataset.worker, { scope: ask.dataset.scope }).catch(() => {});
  addEventListener("load", () => setTimeout(prepare, 2000));
}
