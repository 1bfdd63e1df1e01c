/* One's own last edits of this visit, to undo and redo: a typed cell is one, a pasted block is one. An undo is an edit like any
   other: it names the stamp under which the portal knows what it takes back, so that the portal, not this page, sees whether
   somebody else wrote since. Each state of a cell has a name: the stamp that the portal gave it, or until it answers a token. */
(function () {
  "use strict";

  const MOST = 100;

  class Edits {
    constructor({ name, isHeld }) {
      Object.assign(this, { name, isHeld });
      this.past = [];
      this.future = [];
      this.count = 0;
      try { Object.assign(this, JSON.parse(sessionStorage.getItem(name) || "{}")); } catch (refused) { /* begins anew */ }
      window.addEventListener("pagehide", () => this.keep());
    }

    /* For the next page of this visit; where there is no room, the oldest go. */
    keep() {
      for (let { past } = this; ; past = past.slice(Math.ceil(past.length / 2))) {
        try {
          sessionStorage.setItem(this.name, JSON.stringify({ past, future: this.future }));
          return;
        } catch (full) { if (!past.length) return; }
      }
    }

    /* `changes`: {key, before, after, base}. Returns the name of the states that they establish. */
    record(changes) {
      const token = `${Date.now().toString(36)}.${this.count += 1}`;
      this.past.push(Object.fromEntries(changes.map(({ key, ...cell }) => [key, { ...cell, stamp: token }])));
      this.past = this.past.slice(-MOST);
      this.future = [];
      return token;
    }

    /* The portal has stored a cell: its state has a number now, and the portal says what it replaced. */
    saved(key, item, { stamp, was }) {
      if (item.edit === undefined || item.edit === stamp) return;
      for (const cell of [...this.past, ...this.future].map((edit) => edit[key])) {
        if (!cell) continue;
        if (cell.stamp === item.edit) {
          cell.stamp = stamp;
          if (was && !item.undo && typeof cell.base !== "string") Object.assign(cell, { before: was, base: was.stamp });
        }
        if (cell.base === item.edit) cell.base = stamp;
      }
    }

    undo() { return this.step(this.past, this.future, "before", "stamp", "base"); }

    redo() { return this.step(this.future, this.past, "after", "base", "stamp"); }

    /* The cells of the last edit, each with what it shall hold again; null when there is none. */
    step(from, to, content, seen, edit) {
      const cells = from.pop();
      if (!cells) return null;
      to.push(cells);
      return Object.entries(cells).filter(([, cell]) => cell[content]).map(([key, cell]) => {
        const { text, missing, explanation } = cell[content];
        const words = explanation === undefined && cell.after.explanation === undefined ? {} : { explanation: explanation || "" };
        const stamp = typeof cell[seen] === "number" ? { stamp: cell[seen] } : {};
        return [key, { text, missing: missing || "", ...words }, { undo: true, edit: cell[edit], ...stamp }];
      });
    }
  }

  window.pipSheet.Edits = Edits;
}());
