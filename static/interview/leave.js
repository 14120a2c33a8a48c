// From a page of the interviews to the tablet's own page, and locking.

import { drafts } from "./drafts.js";
import { vault } from "./vault.js";

export const PAGE = "/interviews/tablet";
export const LEAVING = new Promise(() => {}); // the page is about to be another one

export async function leave(why, value) {
  await vault.handOver();
  location.replace(why ? `${PAGE}?${why}=${encodeURIComponent(value)}` : PAGE);
  return LEAVING;
}

/** Lock the tablet: what was answered is on the disk, and this page with its memory goes away. */
export async function lock() {
  await drafts.settled();
  await vault.lock();
  return location.pathname === PAGE ? leave() : leave("open", location.pathname + location.search);
}
