// Unfinished interviews: encrypted under the auditor's key, kept after every answer. While no vault is open nothing is
// kept anywhere but in memory.

import { all, get, put, remove } from "./storage.js";
import { vault } from "./vault.js";

let waiting = null;
let writing = null;
let trouble = () => {};
const closed = new Set();

export const drafts = {
  /** Keep the interview with this id; `taken()` gives it as plain data when there is time to keep it. */
  keep(id, taken) {
    if (!vault.person || closed.has(id)) return Promise.resolve();
    waiting = { id, taken };
    return (writing ??= writeOut().finally(() => (writing = null)));
  },

  /** When everything given to `keep` lies on the disk. */
  settled: () => writing ?? Promise.resolve(),

  /** What to do when a draft cannot be kept, and when it can again: called with the error, or null. */
  onTrouble(work) {
    trouble = work;
  },

  /** The interview kept under this id, null where there is none. Rejects where it is another auditor's, or damaged. */
  async find(id) {
    const record = await get("drafts", id);
    return record ? opened(record) : null;
  },

  /** Every draft of this auditor, as {id, ...}; one that cannot be read says `damaged`. */
  async mine() {
    const records = (await all("drafts")).filter((record) => record.person === vault.person.id);
    return Promise.all(records.map((record) => opened(record).catch(() => ({ id: record.id, damaged: true }))));
  },

  /** From now on nothing more of this interview is kept. */
  close(id) {
    closed.add(id);
    return writing ?? Promise.resolve();
  },

  reopen: (id) => closed.delete(id),

  async forget(id) {
    await this.close(id);
    await remove("drafts", id);
  },
};

async function writeOut() {
  while (waiting) {
    const { id, taken } = waiting;
    waiting = null;
    try {
      const value = taken();
      const kept = await vault.encrypted(`draft|${id}`, value);
      if (!closed.has(id)) await put("drafts", { id, person: vault.person.id, generation: value.generation, ...kept });
      trouble(null);
    } catch (error) {
      trouble(error);
    }
  }
}

async function opened(record) {
  return { ...(await vault.decrypted(`draft|${record.id}`, record)), id: record.id };
}
