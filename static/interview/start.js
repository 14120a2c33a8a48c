// Where it begins: the interview of this page, and everything that it listens to.

import { actions } from "./actions.js";
import { drafts } from "./drafts.js";
import { whenIdle } from "./idle.js";
import { Interview } from "./interview.js";
import { listen } from "./listen.js";
import { idHere, parsed, placed } from "./place.js";
import { lock } from "./leave.js";
import { onChange } from "./outbox.js";
import { openTablet, recordOf } from "./record.js";
import { fetchContacts } from "./safety.js";
import { reconnected } from "./send.js";
import { count } from "./storage.js";
import { vault } from "./vault.js";

function watch(interview) {
  addEventListener("online", () => reconnected(interview));
  addEventListener("beforeunload", (event) => {
    if (interview.isStarted && !interview.receipt && !interview.record.isKept) event.preventDefault();
  });
  if (interview.record.isKept) watchKept(interview);
}

/** A prepared tablet: locked when idle, the key handed on, and trouble with the storage said at once. */
function watchKept(interview) {
  whenIdle(vault.person.settings.minutes, lock);
  vault.onLocked(lock);
  document.documentElement.classList.add("kept");
  interview.dressed = () => showUnsent(interview); // in another language the page is a new one
  interview.dressed();
  onChange(interview.dressed);
  addEventListener("pagehide", () => vault.handOver());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // never the page as it was left
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

async function begin() {
  const opening = openTablet(idHere());
  await parsed();
  const served = placed();
  const record = await recordOf(served, await opening);
  document.documentElement.classList.remove("waiting");
  const interview = new Interview(served, record);
  listen(interview, actions);
  watch(interview);
  fetchContacts(interview);
  document.documentElement.classList.add("ready");
}

begin();
