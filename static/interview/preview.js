// Where a preview begins: the interview as a tablet has it, for a researcher who tries it. Nothing is stored or sent:
// the record keeps nothing, no button sends, and the page's security policy lets no request out.
//
// The page around holds the answers while the language or the form of address is changed, and shows what is asked.

import { actions } from "./actions.js";
import { explained } from "./explained.js";
import { listen } from "./listen.js";
import { parsed, placed } from "./place.js";
import { Trial, Unkept } from "./trial.js";
import { snapshot } from "./snapshot.js";
import { rowPath } from "./record.js";

const around = (message) => parent !== window && parent.postMessage(message, location.origin);
const nothing = () => {};

const trying = {
  ...actions,
  send: nothing,
  speak(_, button) {
    around({ kind: "speak", language: button.dataset.language });
  },
};

function tell(interview) {
  const { stop, top } = interview;
  const kept = { top: snapshot(top), at: { screen: stop.screen, rows: rowPath(stop.row) } };
  around({ kind: "state", kept, shown: stop.items.map((item) => item.name), questions: explained(interview) });
}

function mark({ mark }) {
  const line = document.createElement("p");
  line.className = "preview-mark";
  line.dir = "auto"; // the researcher's language, above a questionnaire in another
  line.textContent = mark;
  document.querySelector("header.bar").prepend(line);
}

/** What the page around kept from before; undefined where the preview stands alone. */
function keptAround() {
  if (parent === window) return Promise.resolve({});
  return new Promise((resolve) => {
    addEventListener("message", ({ source, data }) => source === parent && data.kind === "resume" && resolve(data));
    around({ kind: "ready" });
  });
}

/** The answer with which the interview goes on, and the question that was looked at again, now in its turn. */
function agree(interview) {
  const { route, stop } = interview;
  for (const item of route.consentItems) {
    const granting = route.offered(item, route.top).find((value) => (route.give(item, route.top, value), !route.isRefused));
    if (granting) break;
  }
  const looked = stop.items.find((item) => !route.consentItems.includes(item));
  if (looked) interview.jump(looked.name);
  else interview.show(stop);
}

async function begin() {
  await parsed();
  document.documentElement.classList.remove("waiting");
  const served = placed();
  const { kept, question } = await keptAround();
  const record = new Unkept(served, kept);
  const interview = new Trial(served, record);
  listen(interview, trying);
  mark(served);
  addEventListener("message", ({ source, data }) => source === parent && data.kind === "jump" && interview.jump(data.question));
  addEventListener("message", ({ source, data }) => source === parent && data.kind === "agree" && agree(interview));
  record.tell = () => tell(interview);
  document.documentElement.classList.add("ready", "preview");
  if (question) interview.jump(question);
  else tell(interview);
}

begin();
