/* The cells as the page shows them: finding one by its key, drawing one state. */
(function () {
  "use strict";

  const STATES = ["empty", "saved", "error", "warn", "told", "reason", "locked", "saving", "queued", "clash", "off"];

  class Cells {
    constructor(table, words) {
      this.table = table;
      this.words = words;
      this.codes = [...table.tHead.rows[0].cells].map((th) => th.dataset.v || "");
      this.names = [...table.tHead.rows[0].cells].map((th) => th.dataset.name || "");
      this.types = [...table.tHead.rows[0].cells].map((th) => th.dataset.type || "");
      this.rows = [...table.tBodies[0].rows];
      const below = JSON.parse(table.dataset.below || "[]");
      /* The rows of this page, then those of the pages that follow, which have a name and no cells here. */
      this.lines = [
        ...this.rows.map((tr) => ({ tr, subject: tr.dataset.u, kind: tr.dataset.kind, name: tr.dataset.name, state: tr.dataset.state })),
        ...below.map(([subject, kind, name, state]) => ({ tr: null, subject, kind, name, state })),
      ];
      this.rowOf = new Map(this.rows.map((tr) => [`${tr.dataset.u}|${tr.dataset.kind}`, tr]));
      for (const td of this.rows.flatMap((tr) => [...tr.cells])) {
        if (td.tagName !== "TD") continue;
        td.dataset.k = this.names[td.cellIndex];
        if (!this.isOpen(td)) td.setAttribute("aria-readonly", "true");
        if (this.isChoice(td) && this.isOpen(td)) td.setAttribute("aria-haspopup", "menu");
      }
    }

    key(td) {
      const tr = td.parentNode;
      return `${tr.dataset.u}|${tr.dataset.kind}|${this.codes[td.cellIndex]}`;
    }

    find(key) {
      const [subject, kind, code] = key.split("|");
      const tr = this.rowOf.get(`${subject}|${kind}`);
      const column = this.codes.indexOf(code);
      return tr && column > 0 ? tr.cells[column] : null;
    }

    at(row, column) {
      const tr = this.rows[row];
      return tr ? tr.cells[column] || null : null;
    }

    place(td) { return [this.rows.indexOf(td.parentNode), td.cellIndex]; }

    isOpen(td) {
      return this.table.dataset.open === "1" && td.classList.contains("c") && !td.classList.contains("c-shut") && !td.classList.contains("c-off");
    }

    /* Yes or no: chosen, not written. */
    isChoice(td) { return this.types[td.cellIndex] === "boolean"; }

    /* What was typed, as the cell shows it while it is on its way. */
    word(td, text) { return (this.isChoice(td) && this.words.answers[text]) || text; }

    /* A cell in words, on whichever page it stands; nothing where no page from here on has it. */
    nameOf(key) {
      const [subject, kind, code] = key.split("|");
      const line = this.lines.find((one) => one.subject === subject && one.kind === kind);
      const name = this.names[this.codes.indexOf(code)];
      return line ? [name, line.name].filter(Boolean).join(", ") : "";
    }

    name(td) { return `${this.names[td.cellIndex]}, ${td.parentNode.dataset.name}`; }

    state(td) { return STATES.find((state) => td.classList.contains(`c-${state}`)) || "saved"; }

    /* What a cell shows, without the words that only a screen reader hears. */
    shown(td) {
      return this.state(td) === "empty" || !td.lastChild ? "" : td.lastChild.textContent.trim();
    }

    /* Its number as text; nothing where there is none. */
    text(td) {
      if (td.dataset.t !== undefined) return td.dataset.t;
      return this.state(td) === "reason" ? "" : this.shown(td);
    }

    /* The same number as one would type it: thousands marks go; what was typed and waits stays as typed. */
    editable(td) {
      if (td.dataset.t !== undefined) return td.dataset.t;
      return this.text(td).replaceAll(this.words.thousands, "").replace("\u2212", "-");
    }

    /* What another cell or a spreadsheet can take: the number itself, a reason in its words. */
    raw(td) {
      const shown = this.shown(td);
      return td.dataset.t === undefined && this.made(shown).missing ? shown : this.editable(td);
    }

    /* A text as a cell holds it: the words of a reason are that reason. */
    made(text) {
      const reason = this.words.reason_words[text.toLowerCase()];
      return reason ? { text: "", missing: reason } : { text };
    }

    draw(td, state, text, { stamp, note } = {}) {
      for (const name of STATES) td.classList.remove(`c-${name}`);
      if (state !== "saved") td.classList.add(`c-${state}`);
      if (note !== undefined) td.classList.toggle("c-note", note);
      if (stamp !== undefined) td.dataset.s = stamp;
      delete td.dataset.t;
      const beside = td.querySelector(".was");
      td.replaceChildren(...(beside ? [beside, " "] : []));
      const said = this.words.states[state];
      if (said) td.append(this.hidden(`${said} `));
      if (state === "empty") td.append(this.span("·", true));
      else td.append(text);
    }

    drawClash(td, mine, theirs) {
      this.draw(td, "clash", "");
      const beside = td.querySelector(".was");
      td.replaceChildren(...(beside ? [beside] : []), this.hidden(`${this.words.states.clash} `));
      const top = this.span(mine);
      const bottom = this.span(theirs.text);
      top.prepend(this.hidden(`${this.words.mine} `));
      bottom.prepend(this.hidden(`${theirs.by}: `));
      td.append(top, bottom);
      td.dataset.t = mine;
    }

    /* An earlier value or the change, beside the cell. */
    putBeside(td, text) {
      const old = td.querySelector(".was");
      if (!text && old) old.remove();
      if (!text) return;
      const beside = old || document.createElement("small");
      beside.className = "was";
      beside.textContent = text;
      if (!old) td.prepend(beside, " ");
    }

    hidden(text) {
      const span = this.span(text);
      span.className = "visually-hidden";
      return span;
    }

    span(text, silent) {
      const span = document.createElement("span");
      span.textContent = text;
      if (silent) span.setAttribute("aria-hidden", "true");
      return span;
    }
  }

  window.pipSheet.Cells = Cells;
}());
