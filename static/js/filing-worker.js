// Lets the filing page open without a line. It holds what is listed in FILES and never any other page.
// FILES (the offline page first), NAME and SEND_TO stand before this text; they change with what they name.

const PAGE = FILES[0];
const family = NAME.slice(0, NAME.lastIndexOf(":") + 1);

addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(NAME);
  // Without cookies: the page that is kept is nobody's.
  await cache.addAll(FILES.map((file) => new Request(file, { credentials: "omit" })));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(family) && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search } = new URL(request.url);
  const kept = (file) => caches.match(file, { cacheName: NAME, ignoreVary: true });
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(PAGE)));
  else if (FILES.includes(pathname + search)) {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  }
});

addEventListener("sync", (event) => event.tag === "filing" && event.waitUntil(outbox.send(SEND_TO)));
