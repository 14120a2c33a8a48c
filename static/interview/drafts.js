// Where an unfinished interview waits. For now: nowhere but in memory, since answers must never lie readable in the
// browser's storage. An encrypted store takes the place of this object; nothing else has to change.

export const drafts = {
  /** Keep a snapshot (see `snapshot`) of the interview with this id. */
  async keep(id, snapshot) {},

  /** The snapshot kept under this id, or null. */
  async find(id) {
    return null;
  },

  /** The interview has a receipt: nothing of it stays here. */
  async forget(id) {},
};
