// Locking when nobody has touched the tablet for a while. One timeout, set anew only when it ends: an idle page does nothing.

const TOUCHES = ["pointerdown", "keydown", "input", "scroll"];

export function whenIdle(minutes, lock) {
  const limit = minutes * 60_000;
  let last = clocks();
  const touched = () => (last = clocks());
  const check = () => {
    const left = limit - since(last);
    if (left <= 0) lock();
    else setTimeout(check, left);
  };
  TOUCHES.forEach((name) => addEventListener(name, touched, { passive: true, capture: true }));
  document.addEventListener("visibilitychange", () => !document.hidden && since(last) >= limit && lock()); // it slept
  setTimeout(check, limit);
}

/** The page's clock stands still while a tablet sleeps, and the wall clock may be set: whichever went further counts. */
function since(then) {
  const now = clocks();
  return Math.max(now.page - then.page, now.wall - then.wall);
}

function clocks() {
  return { page: performance.now(), wall: Date.now() };
}
