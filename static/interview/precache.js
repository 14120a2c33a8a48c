// What the tablet holds to work without a network, one cache for each list that the server gave (a generation). The
// service worker looks only into generations that are named in one entry, written when everything is there.

import { all } from "./storage.js";
import { encode, hashed } from "./sealing.js";

const NAMES = "mapper";
const LIST = "/generations";
const AT_ONCE = 4;
const cacheOf = (generation) => `tablet-${generation}`;

/** Names of the complete generations, the newest first. */
export async function generations() {
  const found = await (await caches.open(NAMES)).match(LIST);
  return found ? found.json() : [];
}

/**
 * Fetch every file (address → {hash or null, key}), and whatever the pages among them name, and make a current generation
 * of it. What was fetched by an attempt that broke off is not fetched again. Answers the generation;
 * rejects with what went wrong, and then everything is as it was.
 */
export async function fill(hash, files, progress) {
  const own = await fetched(location.pathname, null); // the page itself may be newer than the list knows
  const generation = (await hashed(encode(hash + (await own.clone().text())))).slice(0, 16);
  const cache = await caches.open(cacheOf(generation));
  await cache.put(location.pathname, own);
  const known = new Map(files);
  const queue = [...known.keys()];
  let done = 0;
  const line = async () => {
    for (let address = queue.shift(); address; address = queue.shift()) {
      const { hash: expected, key } = known.get(address);
      const held = (await cache.match(key)) ?? (await kept(cache, address, key, expected).catch((error) => {
        queue.length = 0;
        throw error;
      }));
      for (const named of (await namedIn(held)).filter((each) => !known.has(each))) {
        known.set(named, { hash: null, key: named });
        queue.push(named);
      }
      progress(++done, known.size);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, line));
  const failed = ends.find(({ reason }) => reason);
  if (failed) throw failed.reason; // only after every line has stopped
  await line(); // what the last page named after the other lines had ended
  await name([generation, ...(await generations()).filter((each) => each !== generation)]);
  return generation;
}

async function kept(cache, address, key, hash) {
  const answer = await fetched(address, hash);
  await cache.put(key, answer.clone());
  return answer;
}

/** A page is never held without the very script and style that it names: their addresses name their contents. */
async function namedIn(held) {
  if (!held.headers.get("Content-Type").startsWith("text/html")) return [];
  return [...(await held.text()).matchAll(/(?:src|href)="(\/(?:static|interviews\/script)\/[^"]+)"/g)].map(([, address]) => address);
}

async function name(names) {
  await (await caches.open(NAMES)).put(LIST, new Response(JSON.stringify(names), { headers: { "Content-Type": "application/json" } }));
}

const KINDS = [[/\.js(\?|$)/, "javascript"], [/\.css(\?|$)/, "css"], [/^\/(tablet|interviews\/tablet)/, "html"]];

/** A file of ours and no other: the page of a hotel's network answers 200 to everything. */
async function fetched(address, hash) {
  const answer = await fetch(address, { cache: "reload", redirect: "error", signal: AbortSignal.timeout(120_000) });
  const type = answer.headers.get("Content-Type") ?? "";
  const [, kind = ""] = KINDS.find(([pattern]) => pattern.test(address)) ?? [];
  const bytes = await answer.arrayBuffer();
  const isOurs = answer.ok && type.includes(kind) && (!hash || (await hashed(bytes)) === hash);
  if (!isOurs) throw Object.assign(new Error(address), { name: answer.ok ? "StrangeError" : "ServerError" });
  const headers = [...answer.headers].filter(([name]) => !["content-encoding", "content-length", "vary"].includes(name));
  return new Response(bytes, { headers }); // with the security headers that it came with
}

/** Throw away generations that are neither current nor needed by a draft, and attempts that broke off. */
export async function tidy() {
  const needed = new Set((await all("drafts")).map((draft) => draft.generation));
  const [current, ...older] = await generations();
  const names = [current, ...older.filter((each) => needed.has(each))];
  await name(names);
  const old = (await caches.keys()).filter((each) => each.startsWith("tablet-") && !names.map(cacheOf).includes(each));
  await Promise.all(old.map((each) => caches.delete(each)));
}
