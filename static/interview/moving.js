// From one tablet to another: unfinished interviews go as they lie here, encrypted under this auditor's key and that key
// under the passphrase, and so do codes that were not handed over; finished ones sealed to the server. Who reads the file
// in needs the passphrase of this tablet.

import { seal } from "./canonical.js";
import { byId, element, said } from "./elements.js";
import { changed, unsent } from "./outbox.js";
import { base64url, decrypted, fromBase64url, unwrappedKey } from "./sealing.js";
import { keptSlips, nameOf, sealedSlip } from "./slips.js";
import { all, get, within } from "./storage.js";
import { vault } from "./vault.js";

const BYTES = ["salt", "iv", "wrapped", "bytes"]; // what is bytes here and base64url in the file
const packed = (record) => recoded(record, base64url);
const unpacked = (record) => recoded(record, fromBase64url);

function recoded(record, code) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, BYTES.includes(name) ? code(value) : value]));
}

/** Save what this auditor has here for another tablet. Nothing is taken off this one. */
export async function exportForTablet() {
  const { id, salt, rounds, iv, wrapped } = await get("people", vault.person.id);
  const mine = (await all("drafts")).filter((draft) => draft.person === id);
  const [drafts, slips] = [mine, await keptSlips()].map((list) => list.map((each) => packed({ id: each.id, iv: each.iv, bytes: each.bytes })));
  const outbox = (await unsent()).map(({ id: number, envelope, sealed }) => ({ id: number, envelope, sealed }));
  if (!drafts.length && !outbox.length && !slips.length) return tell("nothing_to_export");
  const made = new Date().toISOString().slice(0, 10);
  const content = JSON.stringify({ mapper_tablet: 1, made, person: packed({ id, salt, rounds, iv, wrapped }), drafts, outbox, slips });
  download(content, `tablet-${made}.moved`);
  tell("exported", { count: drafts.length + outbox.length });
}

export function download(content, name) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Take in the file of another tablet: its drafts go under the key of whoever is here now, what is here already stays as it is. */
export async function importFromTablet(form) {
  const problem = form.querySelector(".problem");
  problem.textContent = "";
  const file = await read(form.file.files[0]);
  if (!file) return (problem.textContent = said("not_moved"));
  const key = await unwrappedKey(unpacked(file.person), form.passphrase.value);
  form.passphrase.value = "";
  if (!key) return (problem.textContent = said("wrong"));
  try {
    const { drafts, outbox, slips, known, damaged } = await taken(file, key);
    await within(["drafts", "outbox", "facts"], "readwrite", (stores) => {
      slips.forEach((each) => stores.facts.put(each));
      drafts.forEach((each) => stores.drafts.put(each));
      outbox.forEach((each) => stores.outbox.put(each));
    });
    form.reset();
    changed();
    tell("moved_in", { drafts: drafts.length, finished: outbox.length, known });
    if (damaged) problem.textContent = said("moved_damaged", { count: damaged });
  } catch (error) {
    problem.textContent = said(error.name === "QuotaExceededError" ? "no_space" : "not_moved");
  }
}

async function read(file) {
  try {
    const content = JSON.parse(await file.text());
    return content.mapper_tablet === 1 && Array.isArray(content.drafts) && Array.isArray(content.outbox) ? content : null;
  } catch {
    return null;
  }
}

/** What is new of a file, ready to be stored; how many are here already, and how many cannot be read. */
async function taken({ person, drafts, outbox, slips = [] }, key) {
  const lists = await Promise.all(["drafts", "outbox", "sent"].map(all));
  const here = new Set(lists.flat().map(({ id }) => id));
  const { generation } = await get("facts", "prepared");
  const fresh = (records) => records.filter(({ id }) => !here.has(id));
  const opened = await Promise.all(fresh(drafts).map((draft) => mine(draft, person, key, generation).catch(() => null)));
  const handed = await Promise.all(fresh(slips).map((each) => slipHere(each, person, key)));
  const sealed = await Promise.all(fresh(outbox).map(async (each) => ({ ...each, sha256: await seal(each.envelope) })));
  const known = drafts.length + outbox.length - opened.length - sealed.length;
  return { drafts: opened.filter(Boolean), outbox: sealed, slips: handed, known, damaged: opened.filter((each) => !each).length };
}

async function mine({ id, iv, bytes }, person, key, generation) {
  const value = await decrypted(key, `${person.id}|draft|${id}`, unpacked({ iv, bytes }));
  const kept = await vault.encrypted(`draft|${id}`, { ...value, generation });
  return { id, person: vault.person.id, generation, ...kept };
}

async function slipHere({ id, iv, bytes }, person, key) {
  return sealedSlip(id, await decrypted(key, `${person.id}|${nameOf(id)}`, unpacked({ iv, bytes })));
}

const tell = (name, values) => (byId("files-state").textContent = said(name, values));
