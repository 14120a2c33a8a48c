// The calm page for when somebody may be in danger: what to do, whom to call. It never changes an answer.

export function openSafety(interview, isWarning) {
  document.getElementById("safety-why").hidden = !isWarning;
  const list = document.getElementById("contacts");
  const contacts = interview.contacts ?? [];
  list.replaceChildren(...contacts.map(contactLine));
  document.getElementById("no-contacts").hidden = contacts.length > 0;
  document.getElementById("safety").showModal();
}

/** Fetched at the start, so that they are there when the network is not. */
export async function fetchContacts(interview) {
  if (!interview.served.contacts) return;
  try {
    const answer = await fetch(interview.served.contacts, { redirect: "error" });
    interview.contacts = (await answer.json()).contacts;
  } catch {
    setTimeout(() => fetchContacts(interview), 60_000);
  }
}

function contactLine(contact) {
  const line = document.createElement("li");
  line.className = "contact";
  const name = document.createElement("b");
  name.textContent = contact.organisation;
  const service = document.createElement("span");
  service.textContent = [contact.service, ...(contact.languages ?? [])].filter(Boolean).join(" · ");
  const call = document.createElement("a");
  Object.assign(call, { href: `tel:${contact.telephone.replace(/[^\d+]/g, "")}`, className: "button", textContent: contact.telephone, dir: "ltr" });
  const who = document.createElement("div");
  who.append(name, service);
  line.append(who, call);
  return line;
}
