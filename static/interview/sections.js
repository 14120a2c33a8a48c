// Sections of the page lie packed in noscript elements, which a browser that runs scripts does not take apart. Each is
// unpacked when something in it is first needed, and the others when there is time.

const PAPER = /<!--paper-->[^]*?<!--\/paper-->/g; // what only the long form needs

/** The element of a section, with its screens in it. */
export function unpacked(page, section) {
  const module = page.getElementById(`~${section.title}`);
  const packed = module.firstElementChild;
  if (packed?.localName === "noscript") {
    // A page that came by way of DOMParser was taken apart already: there scripts do not count as running.
    const html = packed.firstElementChild ? packed.innerHTML : packed.textContent;
    packed.outerHTML = html.replace(PAPER, "");
  }
  return module;
}

/** Unpack the rest, one at a time, while nobody waits. */
export function unpackAtLeisure(page, sections) {
  const left = sections.filter((section) => page.getElementById(`~${section.title}`).firstElementChild?.localName === "noscript");
  if (!left.length || !page.defaultView) return;
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  later(() => {
    unpacked(page, left[0]);
    unpackAtLeisure(page, sections);
  });
}
