// The service worker: gives what the tablet holds when a page or a file is asked for, network or not.
//
// It decides nothing. "Prepare the tablet" fills a cache of its own for every list that the server gives (a generation)
// and, when all of it is there, names it in one entry: `/generations` of the cache `mapper`. So there is never half of
// an app. Older generations stay as long as an interview needs their questionnaires (see precache.js).
"use strict";

const NAMES = "mapper";
const LIST = "/generations";
const PAGE = "/interviews/tablet";
const HOLD = 15_000; // milliseconds; a page that leads to another leaves the auditor's key here for so long, in memory
let left = null;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.cache === "reload" || request.cache === "no-store") return; // "Prepare the tablet" wants the server's own
  const key = keyOf(address);
  if (key) event.respondWith(held(key).then((found) => (found ? partOf(found, request) : fetch(request))));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => instead()));
});

/** Under which address something may be held: a questionnaire's document is the same for every interview. */
function keyOf({ pathname, search }) {
  const document = /^(\/interview\/[\w.-]+\/[\w.-]+\/[\w-]+)(\/[0-9a-f-]{36})?$/.exec(pathname);
  if (document) return document[1];
  if (pathname === PAGE) return PAGE;
  return /^\/(static|interviews\/script)\//.test(pathname) ? pathname + search : null;
}

async function held(key) {
  for (const name of await generations()) {
    const found = await (await caches.open(`tablet-${name}`)).match(key);
    if (found) return found;
  }
  return null;
}

/** What was asked for of it: players ask for recordings in parts. */
async function partOf(found, { headers: asked }) {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(asked.get("Range") ?? "") ?? [];
  if (first === undefined) return found;
  const whole = await found.blob();
  const end = Math.min(last ? Number(last) + 1 : whole.size, whole.size);
  if (Number(first) >= end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const headers = new Headers(found.headers);
  headers.set("Content-Range", `bytes ${first}-${end - 1}/${whole.size}`);
  return new Response(whole.slice(Number(first), end), { status: 206, headers });
}

async function generations() {
  try {
    const found = await (await caches.open(NAMES)).match(LIST);
    return found ? await found.json() : [];
  } catch {
    return []; // the storage cannot be read: as if nothing were held
  }
}

/** Without a network every page of the interviews leads to the tablet's own. */
async function instead() {
  return (await held(PAGE)) ? Response.redirect(PAGE, 302) : Response.error();
}

addEventListener("message", (event) => {
  const answer = { hold, ask, drop }[event.data?.kind]?.(event.data) ?? {};
  event.ports[0]?.postMessage(answer);
});

function hold({ person }) {
  left = { person, until: performance.now() + HOLD };
  setTimeout(() => left && performance.now() >= left.until && (left = null), HOLD);
}

/** Given once. */
function ask() {
  const person = left && performance.now() < left.until ? left.person : null;
  left = null;
  return { person };
}

function drop() {
  left = null;
}
