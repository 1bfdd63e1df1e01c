/* Moving and typing as in a spreadsheet. One cell has the focus (roving tabindex); typing replaces, F2 edits, Esc gives back. */
(function () {
  "use strict";

  const PAGE = 10;
  const ANSWERS = { 1: "1", s: "1", y: "1", 0: "0", n: "0" }; // sí, sim, yes; no, não

  class Grid {
    constructor({ cells, words, selection, block, onSelect, onCommit, onReasons, onChoice, onLeave, onPaste }) {
      Object.assign(this, { cells, words, selection, block, onSelect, onCommit, onReasons, onChoice, onLeave, onPaste });
      this.table = cells.table;
      this.current = null;
      this.input = null;
      this.table.addEventListener("keydown", (event) => this.key(event));
      this.table.addEventListener("mousedown", (event) => this.press(event));
      this.table.addEventListener("mouseover", (event) => this.drag(event));
      this.table.addEventListener("dblclick", (event) => event.target.closest("td.c") && this.edit());
      this.table.addEventListener("focusin", (event) => {
        if (event.target.tagName === "TD" && event.target !== this.current) this.select(event.target);
      });
      this.table.addEventListener("paste", (event) => this.paste(event));
      this.table.addEventListener("copy", (event) => this.isTaken() && this.block.copy(event));
      this.table.addEventListener("cut", (event) => this.isTaken() && this.block.cut(event));
      this.narrow = window.matchMedia("(max-width: 767.98px)");
    }

    start(td) {
      this.table.querySelectorAll("tbody th a").forEach((link) => { link.tabIndex = -1; }); // reached by ArrowLeft
      this.mark(td || this.firstOpen() || this.cells.at(0, 1));
    }

    /* The first empty cell; where none is left, the first that takes a value. */
    firstOpen() {
      const open = this.cells.rows.flatMap((tr) => [...tr.cells]).filter((td) => td.tagName === "TD" && this.cells.isOpen(td));
      return open.find((td) => this.cells.state(td) === "empty") || open[0] || null;
    }

    mark(td) {
      if (!td) return;
      if (this.current) {
        this.current.classList.remove("c-on");
        this.current.tabIndex = -1;
        this.current.parentNode.classList.remove("on");
      }
      this.current = td;
      td.classList.add("c-on");
      td.tabIndex = 0;
      td.parentNode.classList.add("on");
      this.selection.collapse(td);
    }

    select(td) {
      if (!td || td.tagName !== "TD") return;
      this.commit();
      this.begun = null;
      this.mark(td);
      td.focus({ preventScroll: true });
      if (!this.narrow.matches) td.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.onSelect(td);
    }

    press(event) {
      const td = event.target.closest("td");
      if (!td || event.target.closest("input, .reasons") || !this.table.tBodies[0].contains(td)) return;
      event.preventDefault();
      if (event.shiftKey) { this.commit(); this.selection.extend(td); return; }
      this.select(td);
      this.dragging = true;
      document.addEventListener("mouseup", () => { this.dragging = false; }, { once: true });
      if (this.narrow.matches) this.edit();
    }

    /* With the button held, to the cell under the pointer. */
    drag(event) {
      const td = event.target.closest("td");
      if (this.dragging && td && !this.input && this.table.tBodies[0].contains(td)) this.selection.extend(td);
    }

    move(rows, columns) {
      const [row, column] = this.cells.place(this.current);
      this.select(this.cells.at(row + rows, column + columns));
    }

    /* Down or up; after a run of Tab back to the column where it began. */
    enter(direction) {
      const [row, column] = this.cells.place(this.current);
      const [next, to] = [this.cells.rows[row + direction] ? row + direction : row, this.begun || column];
      this.select(this.cells.at(next, to));
      this.current.focus({ preventScroll: true });
    }

    /* Tab runs on into the next row, and out of the grid after its last cell. */
    step(direction) {
      const [row, column] = this.cells.place(this.current);
      const begun = this.begun || column;
      const go = (td) => { this.select(td); this.begun = begun; };
      const width = this.cells.codes.length;
      const next = column + direction;
      if (next >= 1 && next < width) { go(this.cells.at(row, next)); return true; }
      const other = this.cells.at(row + direction, direction > 0 ? 1 : width - 1);
      if (!other) return false;
      go(other);
      return true;
    }

    key(event) {
      if (!this.current || event.target.closest(".reasons")) return;
      if (event.target.tagName === "A") this.keyOnName(event);
      else if (this.input) this.keyInside(event);
      else this.keyOutside(event);
    }

    keyInside(event) {
      const done = (move) => { event.preventDefault(); this.commit(); move(); };
      if (event.key === "Enter") done(() => this.enter(event.shiftKey ? -1 : 1));
      else if (event.key === "Escape") { event.preventDefault(); this.giveUp(); }
      else if (event.key === "Tab") { this.commit(); if (this.step(event.shiftKey ? -1 : 1)) event.preventDefault(); }
      else if (this.replacing && ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(event.key)) done(() => this.arrow(event.key));
      else if (!this.replacing && event.key === "ArrowUp") done(() => this.move(-1, 0));
      else if (!this.replacing && event.key === "ArrowDown") done(() => this.move(1, 0));
    }

    /* The name of a unit is a link to its form: one step to the left of its first cell. */
    keyOnName(event) {
      const [row] = this.cells.place(this.current);
      const to = { ArrowRight: row, ArrowDown: row + 1, ArrowUp: row - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.select(this.cells.at(to, 1));
    }

    arrow(key) {
      const name = this.current.parentNode.querySelector("th a");
      if (key === "ArrowLeft" && this.current.cellIndex === 1 && name) { this.commit(); name.focus(); return; }
      const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
      this.move(...by);
    }

    keyOutside(event) {
      const { key } = event;
      const last = this.cells.codes.length - 1;
      const [row] = this.cells.place(this.current);
      const act = (done) => { event.preventDefault(); done(); };
      const [isShift, isCtrl] = [event.shiftKey, event.ctrlKey || event.metaKey];
      if (key.startsWith("Arrow") && isShift && !event.altKey) { act(() => this.selection.grow(key, isCtrl)); return; }
      if (isCtrl) {
        if (key.startsWith("Arrow")) act(() => this.select(this.selection.edge(this.current, key)));
        else if (key === "Home") act(() => this.select(this.cells.at(0, 1)));
        else if (key === "End") act(() => this.select(this.cells.at(this.cells.rows.length - 1, last)));
        return;
      }
      if (event.altKey) {
        if (key === "ArrowDown" && this.isAnswered()) act(() => this.onChoice(this.current));
        return;
      }
      if (key.startsWith("Arrow")) act(() => this.arrow(key));
      else if (key === "Enter") act(() => this.enter(isShift ? -1 : 1));
      else if (key === "Escape") act(() => this.selection.collapse(this.current));
      else if (key === "Tab") { if (this.step(event.shiftKey ? -1 : 1)) event.preventDefault(); }
      else if (key === "Home") act(() => this.select(this.cells.at(row, 1)));
      else if (key === "End") act(() => this.select(this.cells.at(row, last)));
      else if (key === "PageDown") act(() => this.select(this.cells.at(Math.min(row + PAGE, this.cells.rows.length - 1), this.current.cellIndex)));
      else if (key === "PageUp") act(() => this.select(this.cells.at(Math.max(row - PAGE, 0), this.current.cellIndex)));
      else if (key === "F2") act(() => this.edit());
      else if (key === "F6") act(() => this.onLeave());
      else if (key === "Delete" || key === "Backspace") act(() => this.block.clear());
      else if (this.selection.isMany && key.toLowerCase() === "n") act(() => this.onReasons(this.current));
      else if (!this.cells.isOpen(this.current)) return;
      else if (this.isAnswered()) this.keyOnAnswer(key.toLowerCase(), act);
      else if (key.toLowerCase() === "n") act(() => this.onReasons(this.current));
      else if (key.length === 1 && key !== " ") act(() => this.edit(key));
    }

    /* Does the current cell take yes or no? */
    isAnswered() { return this.cells.isOpen(this.current) && this.cells.isChoice(this.current); }

    /* One key answers; the space bar opens the choices, with the reasons among them. */
    keyOnAnswer(key, act) {
      if (key === " ") act(() => this.onChoice(this.current));
      else if (key in ANSWERS) act(() => this.onCommit(this.current, { text: ANSWERS[key] }));
    }

    edit(typed) {
      const td = this.current;
      if (!td || this.input || !this.cells.isOpen(td)) return;
      if (this.cells.isChoice(td)) { this.onChoice(td); return; }
      this.replacing = typed !== undefined;
      this.kept = [...td.childNodes];
      this.before = this.cells.editable(td);
      const input = document.createElement("input");
      input.value = this.replacing ? typed : this.before;
      input.inputMode = "decimal";
      input.autocomplete = "off";
      input.maxLength = 60;
      input.setAttribute("aria-label", this.cells.name(td));
      input.addEventListener("blur", () => this.commit());
      this.input = input;
      td.classList.add("c-edit");
      td.replaceChildren(input);
      input.focus({ preventScroll: true });
      if (this.replacing) input.setSelectionRange(typed.length, typed.length);
      else input.select();
    }

    close() {
      const { input } = this;
      this.input = null;
      const inside = input === document.activeElement;
      this.current.classList.remove("c-edit");
      this.current.replaceChildren(...this.kept);
      if (this.after) this.after(); // what the server said of this cell while it was being typed in
      this.after = null;
      return inside;
    }

    giveUp() {
      this.close();
      this.current.focus({ preventScroll: true });
    }

    commit() {
      if (!this.input) return;
      const text = this.input.value.trim();
      const inside = this.close();
      if (inside) this.current.focus({ preventScroll: true });
      if (text !== this.before) this.onCommit(this.current, { text });
    }

    /* Do copying and cutting mean the cells, and not the text of a field? */
    isTaken() { return !this.input && this.current; }

    paste(event) {
      if (!this.isTaken()) return;
      event.preventDefault();
      const [corner] = this.selection.tds();
      this.onPaste(corner, window.pipSheet.clipboard.read(event.clipboardData, this.words.decimal));
    }
  }

  window.pipSheet.Grid = Grid;
}());
