// Where the tablet's own page begins: prepare it, open it, my interviews, files.

import { drafts } from "./drafts.js";
import { byId, element, notice, said, show, titled } from "./elements.js";
import { exportAll, exportFinished, readReceipts } from "./files.js";
import { Format } from "./format.js";
import { hide, watchHidden } from "./hide.js";
import { whenIdle } from "./idle.js";
import { lock } from "./leave.js";
import { drawCounts, drawList, newInterview, reconnected, sendNow, showSlip } from "./list.js";
import { exportForTablet, importFromTablet } from "./moving.js";
import { onChange } from "./outbox.js";
import { openVault, people, waitFor } from "./people.js";
import { openPrepare, prepareNow, update } from "./prepare.js";
import { handedOver } from "./slips.js";
import { isPrepared } from "./storage.js";
import { vault } from "./vault.js";

const asked = new URLSearchParams(location.search);
let isWatched = false;
const hidden = {
  texts: { string: said, format: new Format(JSON.parse(byId("locale").textContent)) },
  get isGuarded() {
    return vault.person !== null;
  },
  uncovered: titled,
};

async function begin() {
  const root = document.documentElement.dataset;
  await navigator.serviceWorker?.register(root.worker, { scope: root.scope, updateViaCache: "none" }).catch(() => {});
  listen();
  const keepers = (await isPrepared()) ? await people() : [];
  if (asked.has("prepare") || !keepers.length) await openPrepare();
  else if (await vault.takeOver()) await opened();
  else askPassphrase(keepers);
}

function askPassphrase(keepers) {
  byId("unlock").person.replaceChildren(...keepers.map((person) => element("option", { value: person.id, textContent: person.name })));
  byId("unlock-person").hidden = keepers.length === 1;
  show("unlock");
  byId("unlock").passphrase.focus();
}

async function unlock(form) {
  const problem = form.querySelector(".problem");
  const person = (await people()).find((each) => each.id === form.person.value);
  const wait = waitFor(person);
  const given = form.passphrase.value;
  form.passphrase.value = problem.textContent = "";
  if (wait) return (problem.textContent = said("wait", { seconds: wait }));
  const button = form.querySelector("button"); // a passphrase is tried for a while: one try at a time
  button.disabled = true;
  const isRight = await openVault(person.id, given);
  button.disabled = false;
  if (isRight) await opened();
  else problem.textContent = said("wrong");
}

/** After unlocking: to the interview that was wanted, or to the list. */
async function opened() {
  const wanted = asked.get("open");
  if (wanted?.startsWith("/interview/")) return go(wanted);
  notice(["busy", "finished", "other"].filter((why) => asked.has(why)).map((why) => said(why)).join(" "));
  history.replaceState(null, "", location.pathname);
  await toList();
  sendNow();
}

async function toList() {
  if (!vault.person) return askPassphrase(await people());
  watchIdle();
  show("list");
  await drawList();
}

function watchIdle() {
  if (isWatched) return;
  isWatched = true;
  whenIdle(vault.person.settings.minutes, lock);
  vault.onLocked(lock);
}

async function go(address) {
  await vault.handOver();
  location.assign(address);
}

const ACTIONS = {
  lock,
  update,
  hide: () => hide(hidden),
  send: sendNow,
  list: toList,
  prepare: openPrepare,
  files: () => show("files"),
  slip: showSlip,
  async "slip-done"({ dataset }) {
    await handedOver(dataset.id);
    await drawList();
  },
  export: exportFinished,
  "export-all": exportAll,
  "export-tablet": exportForTablet,
  async forget({ dataset }) {
    if (!confirm(said("forget_sure"))) return;
    await drafts.forget(dataset.id);
    await drawList();
  },
};

const FORMS = {
  unlock,
  prepare: prepareNow,
  move: importFromTablet,
  begin: async (form) => go(await newInterview(form)),
};

function listen() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) ACTIONS[button.dataset.do](button);
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    FORMS[event.target.id](event.target);
  });
  watchHidden(hidden);
  byId("receipts").addEventListener("change", ({ target }) => target.files[0] && readReceipts(target.files[0]));
  addEventListener("online", () => vault.person && reconnected());
  addEventListener("pagehide", () => vault.handOver());
  document.addEventListener("visibilitychange", () => !document.hidden && vault.person && sendNow());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  onChange(() => vault.person && drawCounts());
}

begin();
