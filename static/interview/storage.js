// What lies on the tablet, in IndexedDB: people, encrypted drafts, sealed interviews, receipts, and what was prepared.
// Nothing is made here before somebody prepares the tablet.

const NAME = "mapper-tablet";
const STORES = { people: "id", drafts: "id", outbox: "id", sent: "id", facts: "name" };
let opening = null;

/** Whether this browser was prepared; asking leaves no trace. */
export async function isPrepared() {
  const known = await globalThis.indexedDB?.databases?.().catch(() => []);
  return Boolean(known?.some(({ name }) => name === NAME));
}

/**
 * One transaction: `work` gets the named stores and may answer a request, whose result comes back once everything is on
 * the disk. Rejects with QuotaExceededError when there is no space; then nothing was changed.
 */
export async function within(names, mode, work) {
  try {
    return await once(await opened(), names, mode, work);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error; // a browser short of memory closes the connection by itself
    opening = null;
    return once(await opened(), names, mode, work);
  }
}

export const get = (store, key) => within([store], "readonly", (stores) => stores[store].get(key));
export const all = (store) => within([store], "readonly", (stores) => stores[store].getAll());
export const put = (store, record) => within([store], "readwrite", (stores) => stores[store].put(record));
export const remove = (store, key) => within([store], "readwrite", (stores) => stores[store].delete(key));
export const count = (store) => within([store], "readonly", (stores) => stores[store].count());

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => Object.entries(STORES).forEach(([name, keyPath]) => asked.result.createObjectStore(name, { keyPath }));
    asked.onsuccess = () => resolve(watched(asked.result));
    asked.onerror = () => {
      opening = null;
      reject(asked.error);
    };
  });
  return opening;
}

function watched(database) {
  const forget = () => (opening = null);
  database.onclose = forget;
  database.onversionchange = () => {
    database.close();
    forget();
  };
  return database;
}

function once(database, names, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: "strict" });
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    const asked = work(stores);
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("Not kept.", "AbortError"));
  });
}
