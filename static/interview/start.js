// Where it begins: the interview of this page, and everything that it listens to.

import { actions } from "./actions.js";
import { drafts } from "./drafts.js";
import { watchHidden } from "./hide.js";
import { whenIdle } from "./idle.js";
import { Interview } from "./interview.js";
import { watchKeys } from "./keys.js";
import { placed } from "./place.js";
import { onChange } from "./outbox.js";
import { lock, recordOf } from "./record.js";
import { fetchContacts, watchWishes } from "./safety.js";
import { count } from "./storage.js";
import { vault } from "./vault.js";

function listen(interview) {
  const entered = (event) => {
    const box = event.target.closest("[data-question]");
    if (box && interview.screen.contains(box) && event.target.type !== "search") interview.entered(box, event.target);
  };
  document.addEventListener("input", entered);
  document.addEventListener("submit", (event) => event.target.id === "answers" && event.preventDefault());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) actions[button.dataset.do](interview, button);
  });
  addEventListener("online", () => interview.again && actions.send(interview));
  addEventListener("beforeunload", (event) => {
    if (interview.isStarted && !interview.receipt && !interview.record.isKept) event.preventDefault();
  });
  watchTakingBack(interview);
  watchKeys(interview);
  watchHidden(interview);
  watchWishes(interview);
  if (interview.record.isKept) watchKept(interview);
}

/** A prepared tablet: locked when idle, the key handed on, and trouble with the storage said at once. */
function watchKept(interview) {
  whenIdle(vault.person.settings.minutes, lock);
  vault.onLocked(lock);
  document.documentElement.classList.add("kept");
  showUnsent(interview);
  onChange(() => showUnsent(interview));
  addEventListener("pagehide", () => vault.handOver());
  drafts.onTrouble((error) => {
    const line = document.getElementById("trouble");
    line.hidden = !error;
    line.textContent = error ? interview.texts.string(error.name === "QuotaExceededError" ? "no_space" : "not_kept") : "";
  });
}

async function showUnsent({ texts }) {
  const number = await count("outbox");
  const badge = document.getElementById("unsent");
  badge.hidden = number === 0;
  badge.textContent = texts.string("unsent", { count: texts.number(number) });
}

/** Tapping the chosen answer again takes it back. */
function watchTakingBack(interview) {
  let chosen = null;
  document.addEventListener("pointerdown", (event) => {
    const input = event.target.closest?.(".choice")?.querySelector("input[type=radio]");
    chosen = input?.checked ? input : null;
  });
  document.addEventListener("click", (event) => {
    if (!chosen || event.target !== chosen) return;
    chosen.checked = false;
    interview.entered(chosen.closest("[data-question]"), chosen);
    chosen = null;
  });
}

async function begin() {
  const served = placed();
  const interview = new Interview(served, await recordOf(served));
  listen(interview);
  fetchContacts(interview);
  document.documentElement.classList.add("ready");
}

begin();
