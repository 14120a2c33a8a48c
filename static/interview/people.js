// Who keeps interviews on this tablet: each auditor with a passphrase and a key of their own.

import { decrypted, encrypted, newWrappedKey, unwrappedKey } from "./sealing.js";
import { all, get, put } from "./storage.js";
import { codeHash, vault } from "./vault.js";

const WAITS = [0, 0, 0, 5, 15, 30, 60, 120, 300]; // seconds before the next try, by tries that went wrong
const UNCOUNTED = 4000; // milliseconds
const since = { tried: performance.now() }; // the page's own clock: setting the tablet's changes nothing

export const people = () => all("people");

/** A new person with an open vault. `told` is {id, name} as the server knows them. */
export async function addPerson(told, { passphrase, code, minutes }) {
  const wrapped = await newWrappedKey(passphrase);
  const key = await unwrappedKey(wrapped, passphrase);
  const settings = { code: await codeHash(code, told.id), minutes: Number(minutes) };
  const { id, name } = told;
  await put("people", { id, name, ...wrapped, tries: 0, settings: await encrypted(key, `${id}|settings`, settings) });
  vault.open({ id, name, key, settings });
}

/** Seconds to wait before this person may try again. */
export function waitFor(person) {
  const wait = WAITS[Math.min(person.tries, WAITS.length - 1)] - (performance.now() - since.tried) / 1000;
  return Math.max(0, Math.ceil(wait));
}

/** Open the vault; whether the passphrase was right. The try is counted before it is made; one that cannot be counted takes time. */
export async function openVault(id, passphrase) {
  const person = await get("people", id);
  const isCounted = await counted(person, person.tries + 1);
  if (!isCounted) await new Promise((done) => setTimeout(done, UNCOUNTED));
  const key = await unwrappedKey(person, passphrase);
  since.tried = performance.now();
  if (!key) return false;
  await counted(person, 0);
  vault.open({ id, name: person.name, key, settings: await decrypted(key, `${id}|settings`, person.settings) });
  return true;
}

/** Whether there was room to write it down: a tablet that is full must still open. */
async function counted(person, tries) {
  try {
    await put("people", { ...person, tries });
    return true;
  } catch (error) {
    if (error.name !== "QuotaExceededError") throw error;
    return false;
  }
}
