// Sending: the answers stay here until a receipt names this interview and exactly these contents.

import { seal } from "./canonical.js";
import { contents } from "./contents.js";
import { newToken } from "./outbox.js";

const WAITS = [1, 3, 10, 30, 60]; // seconds before trying again

export async function send(interview) {
  if (interview.isSending || interview.receipt) return;
  interview.isSending = true;
  clearTimeout(interview.again);
  say(interview, "sending");
  const outcome = await attempt(interview);
  interview.isSending = false;
  OUTCOMES[outcome.kind](interview, outcome);
}

/** The network is back: what waits goes now, and what is on its way and fails yet goes again soon. */
export function reconnected(interview) {
  delete interview.tries;
  if (interview.again) send(interview);
}

async function attempt(interview, isSecond = false) {
  const body = (interview.body ??= contents(interview));
  let answer, told;
  try {
    answer = await fetch(interview.served.api, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": interview.served.csrf },
      body: JSON.stringify(body),
      redirect: "manual",
    });
    told = await answer.json();
  } catch {
    if (answer === undefined) return { kind: "offline" };
  }
  if (await isReceipt(told, body, interview)) return { kind: "sent", receipt: told, isKept: answer.status !== 200 && answer.status !== 201 };
  if (answer.status === 422 && Array.isArray(told?.problems)) return { kind: "rejected", problems: told.problems };
  if (answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status)) {
    const { csrf } = isSecond ? {} : await newToken(); // the new session, after signing in again, has a token of its own
    if (!csrf) return { kind: "signed_out" };
    interview.served.csrf = csrf;
    return attempt(interview, true);
  }
  return { kind: "trouble" };
}

/** A page that answers 200 to everything, as in a hotel's network, gives no receipt. */
async function isReceipt(told, body, interview) {
  if (!told || told.id !== interview.served.id || !told.sha256) return false;
  const mine = await seal(body);
  return mine === null || mine === told.sha256;
}

const OUTCOMES = {
  sent(interview, { receipt, isKept }) {
    interview.receipt = receipt;
    say(interview, "sent", isKept ? "kept_text" : "sent_text");
    element("receipt-id").textContent = receipt.id;
    element("receipt-seal").textContent = receipt.sha256.slice(0, 16);
    element("receipt").hidden = element("receipt-use").hidden = element("leave").hidden = false;
    element("leave").href = interview.served.leave;
    interview.forget();
  },
  offline: (interview) => later(interview, "offline", "offline_text"),
  trouble: (interview) => later(interview, "offline", "server_trouble"),
  signed_out(interview) {
    say(interview, "offline", "signed_out");
    element("send-again").hidden = false;
  },
  rejected(interview, { problems }) {
    delete interview.body; // it will be another after mending
    say(interview, "rejected", "rejected_text");
    element("refused").replaceChildren(...problems.map((problem) => refusedLine(problem, interview)));
    element("send-again").hidden = false;
  },
};

function later(interview, title, text) {
  say(interview, title, text);
  element("send-again").hidden = false;
  interview.tries = (interview.tries ?? -1) + 1;
  interview.again = setTimeout(() => send(interview), WAITS[Math.min(interview.tries, WAITS.length - 1)] * 1000);
}

function refusedLine(problem, interview) {
  const line = document.createElement("li");
  const open = document.createElement("button");
  const name = problem.question?.split("/").at(-1);
  Object.assign(open, { type: "button", className: "wide" });
  Object.assign(open.dataset, { do: "open-path", path: problem.question ?? "" });
  const item = interview.definition.byName.get(name);
  const asked = item ? interview.texts.label(item, interview.route, interview.top) : problem.question ?? problem.key;
  open.textContent = [asked, problem.message].filter(Boolean).join(": ");
  line.append(open);
  return line;
}

function say(interview, title, text = `${title}_text`) {
  element("sending-title").textContent = interview.texts.string(title);
  element("sending-text").textContent = interview.texts.string(text);
  element("send-again").hidden = true;
  element("refused").replaceChildren();
}

function element(id) {
  return document.getElementById(id);
}
