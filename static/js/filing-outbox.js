// The one report that waits on this phone until there is a line; for the offline page and the service worker.

self.outbox = (() => {
  const opened = () => new Promise((done, fail) => {
    const asked = indexedDB.open("filing", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("outbox");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function act(mode, does) {
    const base = await opened();
    try {
      return await new Promise((done, fail) => {
        const deal = base.transaction("outbox", mode);
        const asked = does(deal.objectStore("outbox"));
        deal.oncomplete = () => done(asked.result);
        deal.onabort = () => fail(deal.error);
      });
    } finally {
      base.close();
    }
  }

  const read = () => act("readonly", (store) => store.get("report"));
  const write = (report) => act("readwrite", (store) => store.put(report, "report"));
  const clear = () => act("readwrite", (store) => store.delete("report"));

  // What became of it: `sent` is the address of the receipt, or of the question that is still open. Null when
  // nothing is to be sent.
  // Only one page or worker sends at a time, and the server files one token once.
  const send = (address) => navigator.locks.request("filing", async () => {
    const report = await read();
    if (report?.sent) return report;
    if (!report?.isReady) return null;
    const { token } = await (await fetch(`${address}/token`, { cache: "no-store" })).json();
    const body = new FormData();
    for (const [name, value] of report.fields) body.append(name, value);
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw answer;
    const outcome = await answer.json();
    await write(outcome);
    return outcome;
  });

  return { read, write, clear, send };
})();
