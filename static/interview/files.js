// The last resort: sealed interviews as a file on a stick, and receipts read back in.

import { drafts } from "./drafts.js";
import { byId, said } from "./elements.js";
import { download } from "./moving.js";
import { honour, unsent } from "./outbox.js";
import { sealedTo } from "./sealing.js";
import { get } from "./storage.js";

const state = (name, values) => (byId("files-state").textContent = said(name, values));

export async function exportFinished() {
  save((await unsent()).map(({ id, envelope }) => ({ id, body: envelope })));
}

/** The unfinished interviews of this auditor too, sealed likewise: the server keeps them as unfinished. */
export async function exportAll() {
  const { key } = await get("facts", "prepared");
  const open = (await drafts.mine()).filter((draft) => !draft.damaged);
  const unfinished = open.map(async (draft) => ({ id: draft.id, body: await sealedTo(key, draft.id, bodyOf(draft)), draft: true }));
  const finished = (await unsent()).map(({ id, envelope }) => ({ id, body: envelope }));
  save([...finished, ...(await Promise.all(unfinished))]);
}

function bodyOf({ survey, version, language, round, site, notes, self, safety, top }) {
  const { opened, wishes } = safety;
  const beside = { auditor_notes: notes, self_mode: self, safety: { opened, wishes: wishes ?? "unsaid" } };
  return { survey, definition: version, language, round, site, ...beside, unfinished: top };
}

function save(lines) {
  if (!lines.length) return state("nothing_to_export");
  const made = new Date().toISOString().slice(0, 10);
  const head = { mapper_file: 1, made, count: lines.length };
  const text = [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
  download(text, `interviews-${made}.sealed`);
  state("exported", { count: lines.length });
}

export async function readReceipts(file) {
  let told = null;
  try {
    told = JSON.parse(await file.text());
  } catch {
    // no JSON: no receipts
  }
  const gone = await honour(told?.receipts);
  state(gone.size ? "honoured" : "no_receipts", { count: gone.size });
}
