/* The block of cells that is selected: from the cell that has the focus to another corner, within the page. */
(function () {
  "use strict";

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const REST = 350; // milliseconds until a block that grows is said

  class Selection {
    constructor({ cells, words, say, onChange }) {
      Object.assign(this, { cells, words, say, onChange });
      this.drawn = [];
    }

    /* One cell alone: where the focus goes. */
    collapse(td) {
      this.anchor = td;
      this.head = td;
      this.draw();
    }

    extend(td) {
      if (!td || td.tagName !== "TD" || td === this.head) return;
      this.head = td;
      this.draw();
      td.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.tell();
    }

    span(from, to) {
      this.anchor = from;
      this.head = to;
      this.draw();
      this.tell();
    }

    all() { this.span(this.cells.at(0, 1), this.cells.at(this.cells.rows.length - 1, this.cells.codes.length - 1)); }

    row(td) {
      const [row] = this.cells.place(td);
      this.span(this.cells.at(row, 1), this.cells.at(row, this.cells.codes.length - 1));
    }

    get isMany() { return this.anchor !== this.head; }

    /* Its rows, each with its cells. */
    rows() {
      const [[top, left], [bottom, right]] = [this.cells.place(this.anchor), this.cells.place(this.head)];
      return this.cells.rows.slice(Math.min(top, bottom), Math.max(top, bottom) + 1)
        .map((tr) => [...tr.cells].slice(Math.min(left, right), Math.max(left, right) + 1));
    }

    tds() { return this.rows().flat(); }

    draw() {
      const tds = this.tds();
      for (const td of this.drawn) { td.classList.remove("c-in"); td.removeAttribute("aria-selected"); }
      for (const td of tds) { td.classList.toggle("c-in", tds.length > 1); td.setAttribute("aria-selected", "true"); }
      this.drawn = tds;
      this.onChange(tds.length);
    }

    /* Said once it rests, so that each step of a long block is not. */
    tell() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.isMany && this.say(this.text()), REST);
    }

    text() {
      const { selected } = this.words;
      const tds = this.tds();
      const values = { n: tds.length, first: this.cells.name(tds[0]), last: this.cells.name(tds.at(-1)) };
      return selected.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
    }

    /* The next cell from here in one direction; null at the border. */
    next(td, key) {
      const [row, column] = this.cells.place(td);
      const [down, right] = STEPS[key];
      const found = this.cells.at(row + down, column + right);
      return found && found.tagName === "TD" ? found : null;
    }

    /* As Ctrl and an arrow go in a spreadsheet: to the end of what is filled, else to the next that is, else to the border. */
    edge(td, key) {
      const isFilled = (one) => !["empty", "off"].includes(this.cells.state(one));
      let at = td;
      let ahead = this.next(at, key);
      const along = ahead && isFilled(td) && isFilled(ahead);
      while (ahead && (along ? isFilled(ahead) : !isFilled(at) || at === td)) {
        at = ahead;
        ahead = this.next(at, key);
      }
      return at;
    }

    /* The other corner moves by one cell, or with Ctrl to the edge. */
    grow(key, far) { this.extend(far ? this.edge(this.head, key) : this.next(this.head, key)); }
  }

  window.pipSheet.Selection = Selection;
}());
