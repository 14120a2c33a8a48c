// Where an unfinished interview waits. For now: nowhere but in memory, since answers must never lie readable in the
// browser's storage. An encrypted store takes the place of this object; nothing else has to change.

export const drafts = {
  /** Keep the interview with this id; `taken()` gives its snapshot (see snapshot.js) when there is time to keep it. */
  async keep(id, taken) {},

  /** The snapshot kept under this id, or null; `restored` of snapshot.js makes an interview of it. */
  async find(id) {
    return null;
  },

  /** The interview has a receipt: nothing of it stays here. */
  async forget(id) {},
};
