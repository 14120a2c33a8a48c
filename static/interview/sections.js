// Screens of the page lie packed in noscript elements, which a browser that runs scripts does not take apart. Each is
// unpacked when something in it is first needed, and the others when there is time. A repeat is one block with its rows.

const PAPER = /<!--paper-->[^]*?<!--\/paper-->/g; // what only the long form needs
const ENOUGH = 8; // milliseconds that must be left of an idle moment

/** The element of the section around an item, with the item's screen in it. */
export function unpacked(page, item) {
  const module = page.getElementById(`~${item.section.title}`);
  const screen = `data-screen="${blockOf(item)}"`;
  const packed = [...module.querySelectorAll("noscript")].find((each) => htmlOf(each).includes(screen));
  if (packed) unpack(packed);
  return module;
}

/** Unpack the rest, a few at a time, while nobody waits. */
export function unpackAtLeisure(page) {
  const packed = page.defaultView ? page.querySelectorAll(".module noscript") : [];
  if (!packed.length) return;
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 50, { timeRemaining: () => 0 }));
  later((moment) => {
    for (const each of packed) {
      if (each.isConnected) unpack(each);
      if (moment.timeRemaining() < ENOUGH) break;
    }
    unpackAtLeisure(page);
  });
}

function unpack(packed) {
  packed.outerHTML = htmlOf(packed).replace(PAPER, "");
}

/** A page that came by way of DOMParser was taken apart already: there scripts do not count as running. */
function htmlOf(packed) {
  return packed.firstElementChild ? packed.innerHTML : packed.textContent;
}

/** The outermost repeat or shared screen around an item, or the item itself. */
function blockOf(item) {
  let block = item;
  for (let above = item.parent; above && above.kind !== "section"; above = above.parent) {
    if (above.kind === "repeat" || above.together) block = above;
  }
  return block.name;
}
