// Sealed interviews on their way. They leave the tablet when a receipt names the interview and the hash of exactly what
// was sent, and for no other reason. One tab sends at a time, in batches that a weak network can carry.

import { seal } from "./canonical.js";
import { all, within } from "./storage.js";
import { sealedTo } from "./sealing.js";

const MOST = 25; // interviews in one request
const MOST_BYTES = 256 * 1024;
const STOPS = ["offline", "signed_out", "later"]; // no other interview would fare better
const PATIENCE = 60_000; // milliseconds for one request
const LONGEST_PAUSE = 900; // seconds
export const CHANGED = "mapper-outbox";
export const pause = { seconds: 0 }; // that the server asked for, the last time
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(CHANGED) : null;

/** Seal an interview and, in one step, put it into the outbox, keep its slip (see slips.js) and take its draft away. */
export async function putAway(server, id, body, slip) {
  const envelope = await sealedTo(server, id, body);
  const sha256 = await seal(envelope);
  await within(["outbox", "drafts", "facts"], "readwrite", ({ outbox, drafts, facts }) => {
    outbox.put({ id, sha256, envelope, sealed: Date.now() });
    if (slip) facts.put(slip);
    drafts.delete(id);
  });
  changed();
  return { id, sha256 };
}

export async function unsent() {
  return (await all("outbox")).sort((one, other) => one.sealed - other.sealed);
}

export function onChange(work) {
  if (channel) channel.onmessage = work;
}

export function changed() {
  channel?.postMessage("");
}

/** Send what can be sent. Says how it ended: sent, nothing, busy (another tab sends), offline, signed_out, later, trouble. */
export async function sendAll() {
  const lock = navigator.locks ? (work) => navigator.locks.request("mapper-sending", { ifAvailable: true }, work) : (work) => work(true);
  return lock(async (mine) => (mine ? sendOut() : "busy"));
}

async function sendOut() {
  const waiting = await unsent();
  if (!waiting.length) return "nothing";
  const token = await newToken();
  if (token.outcome) return token.outcome;
  let worst = "sent";
  for (const batch of batches(waiting)) {
    const outcome = await sendBatch(batch, token.csrf);
    if (STOPS.includes(outcome)) return outcome;
    if (outcome !== "sent") worst = outcome;
  }
  return worst;
}

/** A batch that the server does not take is tried one by one, so that one interview never holds up the others. */
async function sendBatch(batch, csrf) {
  const outcome = await post(batch, csrf);
  if (outcome !== "trouble" || batch.length === 1) return outcome;
  let failures = 0;
  for (const item of batch) {
    const each = await post([item], csrf);
    if (STOPS.includes(each)) return each;
    failures = each === "trouble" ? failures + 1 : 0;
    if (failures === 3) break; // the server is ill, not the interview
  }
  return "trouble";
}

function* batches(items) {
  let batch = [];
  let bytes = 0;
  for (const item of items) {
    const size = item.envelope.ciphertext.length;
    if (batch.length === MOST || (batch.length && bytes + size > MOST_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length) yield batch;
}

async function post(batch, csrf) {
  const answer = await asked("/api/responses", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", Prefer: "handling=lenient", "X-CSRFToken": csrf },
    body: JSON.stringify(batch.map(({ id, envelope }) => ({ id, body: envelope }))),
  });
  if (answer.outcome) return answer.outcome;
  const gone = await honour(answer.told?.receipts);
  return batch.every(({ id }) => gone.has(id)) ? "sent" : "trouble";
}

/** Take away what these receipts name: id and hash must both be those of a sealed interview here. Answers their ids. */
export async function honour(receipts) {
  const known = new Map((await all("outbox")).map((item) => [item.id, item.sha256]));
  const right = (Array.isArray(receipts) ? receipts : []).filter((receipt) => receipt?.sha256 && known.get(receipt.id) === receipt.sha256);
  if (right.length) {
    await takeAway(right, true).catch((error) => {
      if (error.name !== "QuotaExceededError") throw error;
      return takeAway(right, false); // a full tablet gets room by what leaves it
    });
    changed();
  }
  return new Set(right.map((receipt) => receipt.id));
}

const takeAway = (receipts, isCounted) =>
  within(["outbox", "sent"], "readwrite", ({ outbox, sent }) => {
    for (const { id, sha256, status } of receipts) {
      outbox.delete(id);
      if (isCounted) sent.put({ id, sha256, status: String(status) });
    }
  });

/** Who is signed in, and the token for sending: {csrf, id, name} or {outcome}. */
export async function newToken() {
  const answer = await asked("/interviews/session", { headers: { Accept: "application/json" }, cache: "no-store" });
  if (answer.outcome) return answer;
  return answer.told?.csrf ? answer.told : { outcome: "trouble" };
}

/** {told, date} of an answer in JSON, or {outcome}: offline, signed_out, later (the server asks to wait), trouble. */
export async function asked(address, options) {
  let answer;
  try {
    answer = await fetch(address, { ...options, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status)) return { outcome: "signed_out" };
    pause.seconds = Math.min(Number(answer.headers.get("Retry-After")) || 0, LONGEST_PAUSE);
    if ([429, 503].includes(answer.status)) return { outcome: "later" };
    return { told: await answer.json(), date: answer.headers.get("Date") };
  } catch {
    return { outcome: answer ? "trouble" : "offline" };
  }
}
