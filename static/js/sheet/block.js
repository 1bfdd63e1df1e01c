/* What is done with all selected cells in one act: emptied, filled, given a reason, copied, cut. Cells that take nothing stay. */
(function () {
  "use strict";

  class Block {
    constructor({ cells, selection, words, say, onEdit }) {
      Object.assign(this, { cells, selection, words, say, onEdit });
    }

    /* Of these pairs of cell and content those that can be, as one edit; then it says how many. */
    put(pairs, word, values = {}) {
      const open = pairs.filter(([td]) => this.cells.isOpen(td));
      if (open.length) this.onEdit(open);
      this.tell(open.length ? word : this.words.nothing_open, { n: open.length, ...values });
    }

    tell(text, values) { this.say(text.replace(/\{(\w+)\}/g, (_all, name) => values[name])); }

    filled() { return this.selection.tds().filter((td) => this.cells.state(td) !== "empty"); }

    clear() { this.put(this.filled().map((td) => [td, { text: "" }]), this.words.cleared); }

    /* Why there is no value goes into all of them, yes or no only where that is asked. */
    reason(made) {
      const label = this.words.reasons[made.missing] || this.words.answers[made.text];
      const tds = this.selection.tds().filter((td) => made.missing || this.cells.isChoice(td));
      this.put(tds.map((td) => [td, made]), this.words.marked, { reason: label });
    }

    /* The first row goes down over the others; a row alone takes what stands above it. */
    down() { this.fill(this.selection.rows(), (td) => this.selection.next(td, "ArrowUp")); }

    /* The same by columns. */
    right() {
      const rows = this.selection.rows();
      this.fill(rows[0].map((_td, column) => rows.map((row) => row[column])), (td) => this.selection.next(td, "ArrowLeft"));
    }

    fill(lines, before) {
      const sources = lines.length > 1 ? lines[0] : lines[0].map(before);
      const targets = lines.length > 1 ? lines.slice(1) : lines;
      const pairs = targets.flatMap((line) => line.map((td, place) => [td, sources[place]]))
        .filter(([, source]) => source && this.cells.state(source) !== "off");
      this.put(pairs.map(([td, source]) => [td, this.cells.made(this.cells.raw(source))]), this.words.filled);
    }

    copy(event) {
      const rows = this.selection.rows().map((row) => row.map((td) => this.content(td)));
      window.pipSheet.clipboard.write(event.clipboardData, rows);
      event.preventDefault();
      this.tell(this.words.copied, { n: rows.length * rows[0].length });
    }

    content(td) {
      const text = this.cells.state(td) === "off" ? "" : this.cells.raw(td);
      return { text, missing: this.cells.made(text).missing || "", kind: td.parentNode.dataset.kind };
    }

    cut(event) {
      this.copy(event);
      this.clear();
    }
  }

  window.pipSheet.Block = Block;
}());
