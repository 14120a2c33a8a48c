// The calm page for when somebody may be in danger: what to do, whom to call. It never changes an answer.

/** `closed` is called when the panel is closed again. */
export function openSafety(interview, isWarning, closed = null) {
  document.getElementById("safety-why").hidden = !isWarning;
  const { safety, contacts } = interview.record;
  safety.opened += 1;
  wishes().forEach((each) => (each.checked = each.value === safety.wishes));
  showContacts(interview.contacts ?? contacts ?? []);
  const panel = document.getElementById("safety");
  panel.onclose = closed;
  panel.showModal();
}

const wishes = () => document.querySelectorAll("#safety [name=wishes]");

/** What the person wants is noted beside the answers, for the named safeguarding staff. */
export function watchWishes(interview) {
  document.addEventListener("change", ({ target }) => {
    if (target.name !== "wishes") return;
    interview.record.safety.wishes = target.value;
    interview.record.keep(interview);
  });
}

function showContacts(contacts) {
  document.getElementById("contacts").replaceChildren(...contacts.map(contactLine));
  document.getElementById("no-contacts").hidden = contacts.length > 0;
}

/** Fetched at the start, so that they are there when the network is not. */
export async function fetchContacts(interview) {
  if (!interview.served.contacts) return;
  try {
    const answer = await fetch(interview.served.contacts, { redirect: "error" });
    interview.contacts = (await answer.json()).contacts;
    showContacts(interview.contacts); // the panel may be open already
  } catch {
    if (!interview.record.contacts) setTimeout(() => fetchContacts(interview), 60_000);
  }
}

function contactLine(contact) {
  const line = document.createElement("li");
  line.className = "contact";
  const name = document.createElement("b");
  name.textContent = contact.organisation;
  const service = document.createElement("span");
  service.textContent = [contact.service, ...(contact.languages ?? []).map(languageName)].filter(Boolean).join(" · ");
  const call = document.createElement("a");
  Object.assign(call, { href: `tel:${contact.telephone.replace(/[^\d+]/g, "")}`, className: "button", textContent: contact.telephone, dir: "ltr" });
  const who = document.createElement("div");
  who.append(name, service);
  line.append(who, call);
  return line;
}

/** A language as its speakers call it: who needs help looks for their own. */
function languageName(code) {
  const offered = document.querySelector(`#languages [data-language="${CSS.escape(code)}"] span`);
  if (offered) return offered.textContent;
  try {
    return new Intl.DisplayNames([code], { type: "language" }).of(code);
  } catch {
    return code;
  }
}
