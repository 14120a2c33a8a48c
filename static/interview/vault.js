// The key to this auditor's drafts: open after the passphrase, in memory only, gone when idle.
//
// A page that leads to another hands the key to the service worker, which holds it for a few seconds in memory and gives
// it to the next page once. A key cannot be read out (it is not extractable) and is never stored.

import { decrypted, encrypted, hashed, encode } from "./sealing.js";

const PATIENCE = 400; // milliseconds that a page waits for a key
const channel = globalThis.BroadcastChannel ? new BroadcastChannel("mapper-tablet") : null;
let held = null; // {id, name, key, settings}
const reasons = new Set(); // for which no page but this one may work
let listening = () => {};

export const vault = {
  get person() {
    return held;
  },

  open(person) {
    held = person;
  },

  /** Take the key from the page before this one, or from another tab; whether it came. */
  async takeOver() {
    held = (await fromWorker()) ?? (await fromTabs());
    return held !== null;
  },

  /** Give the key to whichever page comes next. */
  async handOver() {
    if (held && !reasons.size) await toWorker({ kind: "hold", person: held });
  },

  /** While somebody else may hold the tablet, no page but this one works: whoever leaves it needs the passphrase. */
  async keepToThisPage(why, isSo) {
    reasons[isSo ? "add" : "delete"](why);
    if (!isSo || !held) return;
    channel?.postMessage({ kind: "lock" });
    await toWorker({ kind: "drop" });
  },

  /** Forget the key here, in the worker and in every tab. */
  async lock() {
    if (held) channel?.postMessage({ kind: "lock" }); // a tab that was told to lock does not tell it on
    held = null;
    await toWorker({ kind: "drop" });
  },

  onLocked(work) {
    listening = work;
  },

  encrypted: (about, value) => encrypted(held.key, `${held.id}|${about}`, value),
  decrypted: (about, kept) => decrypted(held.key, `${held.id}|${about}`, kept),
};

/** Whether this is the short code with which the tablet is taken back from a worker. */
export async function isCode(text) {
  return held !== null && (await codeHash(text, held.id)) === held.settings.code;
}

export function codeHash(text, id) {
  return hashed(encode(`${id}|${text.trim()}`));
}

channel?.addEventListener("message", ({ data }) => {
  if (data.kind === "ask" && held && !reasons.size) channel.postMessage({ kind: "give", person: held });
  if (data.kind === "lock" && held) {
    held = null;
    listening();
  }
});

function toWorker(message) {
  return new Promise((resolve) => {
    const worker = navigator.serviceWorker?.controller;
    if (!worker) return resolve(null);
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(resolve, PATIENCE, null);
    port1.onmessage = ({ data }) => {
      clearTimeout(late);
      port1.close();
      resolve(data);
    };
    worker.postMessage(message, [port2]);
  });
}

const fromWorker = async () => (await toWorker({ kind: "ask" }))?.person ?? null;

function fromTabs() {
  return new Promise((resolve) => {
    if (!channel) return resolve(null);
    const heard = ({ data }) => data.kind === "give" && done(data.person);
    const late = setTimeout(() => done(null), PATIENCE / 2);
    function done(person) {
      clearTimeout(late);
      channel.removeEventListener("message", heard);
      resolve(person);
    }
    channel.addEventListener("message", heard);
    channel.postMessage({ kind: "ask" });
  });
}
