// The copy of a document in this browser, so that words outlive the line and the tab.
import { IndexeddbPersistence, clearDocument } from "y-indexeddb";

const SETTLE = 100; // ms

/** The name of a room's copy; another generation is another document. */
export const copyName = (room, generation) => `boathouse:${room}:${generation}`;

/** Generations of this room that older visits left here, the current one left out. */
export async function otherGenerations(room, current) {
  const start = copyName(room, "");
  const all = (await indexedDB.databases?.()) ?? [];
  return all
    .map(({ name }) => name)
    .filter((name) => name?.startsWith(start) && name !== copyName(room, current))
    .map((name) => name.slice(start.length));
}

export const dropCopy = (room, generation) => clearDocument(copyName(room, generation));

/**
 * Keep `doc` in this browser. `loaded` resolves to true once an earlier copy has been read in;
 * `isWritten` says whether every change so far has reached the browser's storage.
 */
export function keepCopy(doc, room, generation) {
  const store = new IndexeddbPersistence(copyName(room, generation), doc);
  const copy = { works: false, isWritten: true, loaded: null, drop };
  let changes = 0;
  let timer;

  function confirm() {
    const upTo = changes;
    // Transactions on one store run in order: when this one is through, so are the writes before it.
    const reading = store.db.transaction("updates", "readonly");
    reading.objectStore("updates").count();
    reading.oncomplete = () => (copy.isWritten = upTo === changes);
  }

  function confirmSoon() {
    clearTimeout(timer);
    if (store.db) timer = setTimeout(confirm, SETTLE);
  }

  function drop() {
    copy.works = false;
    clearTimeout(timer);
    doc.off("update", changed);
    return store.clearData();
  }

  function changed(_update, from) {
    if (from === store) return;
    changes++;
    copy.isWritten = false;
    confirmSoon();
  }

  doc.on("update", changed);
  doc.on("destroy", () => clearTimeout(timer));
  copy.loaded = store.whenSynced.then(() => {
    copy.works = true;
    confirmSoon();
    return doc.store.clients.size > 0;
  });
  return copy;
}
