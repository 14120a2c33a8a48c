// Codes to withdraw with that were not handed over yet: encrypted under the auditor's key, kept in the same step in which
// the interview is sealed, so that a browser that dies just then loses none. Once handed over nothing of them is left.

import { all, remove } from "./storage.js";
import { vault } from "./vault.js";

export const nameOf = (id) => `slip|${id}`;

/** A slip {code, made} as it is kept, in the store of facts. */
export async function sealedSlip(id, slip) {
  return { name: nameOf(id), id, person: vault.person.id, ...(await vault.encrypted(nameOf(id), slip)) };
}

/** What is kept of this auditor's slips, still encrypted. */
export async function keptSlips() {
  return (await all("facts")).filter(({ name, person }) => name.startsWith(nameOf("")) && person === vault.person.id);
}

/** Every slip of this auditor, as {id, code, made}, the latest first. */
export async function slips() {
  const opened = (await keptSlips()).map(async (each) => ({ id: each.id, ...(await vault.decrypted(each.name, each)) }));
  return (await Promise.all(opened)).sort((one, other) => other.made - one.made);
}

/** The person has number and code, or wants neither. */
export const handedOver = (id) => remove("facts", nameOf(id));
