/* A block pasted from a spreadsheet: where each of its cells goes, what its marks mean, and in the end what became of each. It
   goes on below the page, to the firms that follow in the order shown. */
(function () {
  "use strict";

  const { DOUBLE } = window.pipSheet.clipboard;
  const FRACTIONS = ["amount", "decimal", "score"]; // in the other columns such a mark can but part thousands
  const LONGEST = 40; // characters of a value
  const MOST = 10000; // cells in one request

  class Paste {
    constructor({ cells, selection, words, say, dialog, box, onEdit, onGo }) {
      Object.assign(this, { cells, selection, words, say, dialog, box, onEdit, onGo });
      this.parts = [];
      this.part = new Map();
      dialog.addEventListener("close", () => this.answered(dialog.returnValue));
      box.querySelector("[data-close]").addEventListener("click", () => { box.hidden = true; });
    }

    /* `copied`: what the clipboard was read as. */
    start(td, copied) {
      const count = copied.merged ? 0 : copied.rows.reduce((sum, row) => sum + row.length, 0);
      if (copied.merged) { this.refuse(this.words.merged, copied.merged); return; }
      if (count > MOST) { this.refuse(this.words.too_many, { n: count }); return; }
      const rows = this.repeated(copied.rows);
      const [first, column] = this.cells.place(td);
      const lines = this.lines(first, rows.length, copied.kinds);
      this.parts = rows.flatMap((row, down) => row.map((one, right) => this.make(lines[down], column + right, one, down, right)));
      this.parts = this.parts.filter((part) => part.text || part.missing || !part.why); // an empty one over a cell that takes nothing
      this.double = this.parts.find((part) => this.isDouble(part));
      if (this.double) this.ask(DOUBLE.exec(this.double.text)[1]);
      else this.put();
    }

    /* Nothing of it goes in: one sentence says why. */
    refuse(text, values) {
      this.parts = [];
      const line = document.createElement("p");
      line.textContent = text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
      this.box.querySelector("[data-parts]").replaceChildren(line);
      this.box.hidden = false;
      this.say(line.textContent);
    }

    /* Over a larger selection, as often as it fits: one cell fills it. */
    repeated(rows) {
      const selected = this.selection.isMany ? this.selection.rows() : [[]];
      const times = (all, own) => (all > own && all % own === 0 ? all / own : 1);
      const [down, right] = [times(selected.length, rows.length), times(selected[0].length, rows[0].length)];
      return Array.from({ length: down }, () => rows.map((row) => Array.from({ length: right }, () => row).flat())).flat();
    }

    /* The rows that take it. Those of baselines are passed over by a table that is not of this sheet, which has one row for each
       firm; where it begins in one, the regular ones are. */
    lines(first, count, kinds) {
      const { kind } = this.cells.lines[first];
      const isMixed = kinds && new Set(kinds).size > 1;
      const below = this.cells.lines.slice(first).filter((line) => isMixed || line.kind === kind);
      const last = below[Math.min(count, below.length) - 1];
      this.passed = !isMixed && this.cells.lines.slice(first, this.cells.lines.indexOf(last)).some((line) => line.kind !== kind);
      return below;
    }

    /* One cell of the block: what stands there, its place in words, why it cannot go in. */
    make(line, column, { text, missing }, down, right) {
      const td = line && line.tr ? line.tr.cells[column] || null : null;
      const { words } = this;
      const baseline = line && line.kind === "baseline" ? `, ${words.baseline}` : "";
      const firm = line ? line.name + baseline : words.block_row.replace("{n}", down + 1);
      const name = this.cells.names[column] || words.block_column.replace("{n}", right + 1);
      const key = line && this.cells.codes[column] ? `${line.subject}|${line.kind}|${this.cells.codes[column]}` : "";
      const part = { td, key, column, text, missing, firm, name, why: this.why(line, td, key), state: "waiting" };
      const message = part.why ? "" : this.unreadable(text);
      return message ? { ...part, text: `${text.slice(0, LONGEST)}…`, state: "refused", message } : part;
    }

    /* Of a text that no cell can hold, why: it is not even sent. */
    unreadable(text) {
      if (text.includes("\0")) return this.words.null;
      return text.length > LONGEST ? this.words.too_long.replace("{most}", LONGEST) : "";
    }

    why(line, td, key) {
      if (!key) return "outside";
      if (this.cells.table.dataset.open !== "1") return "shut";
      if (td && this.cells.isOpen(td)) return "";
      if (line.state === "closed" || line.state === "left") return line.state;
      if (!td) return ""; // on a page that follows: the portal says
      return td.classList.contains("c-off") ? "off" : "locked";
    }

    isDouble({ column, text, state, why }) {
      return !why && state === "waiting" && DOUBLE.test(text) && FRACTIONS.includes(this.cells.types[column]);
    }

    ask(mark) {
      const { text, firm, name } = this.double;
      const put = (spot, said) => { this.dialog.querySelector(`[data-${spot}]`).textContent = said; };
      this.mark = mark;
      put("example", text);
      put("where", `${firm}, ${name}`);
      put("whole", text.replace(mark, ""));
      put("fraction", text.replace(mark, this.words.thousands === "." ? "," : "."));
      this.dialog.returnValue = "";
      this.dialog.showModal();
    }

    /* One mark settles the other: where the dot parts thousands, the comma begins the decimals. */
    answered(meaning) {
      if (meaning !== "thousands" && meaning !== "decimals") { this.parts = []; return; }
      for (const part of this.parts.filter((one) => this.isDouble(one))) {
        const mark = DOUBLE.exec(part.text)[1];
        const parts = (meaning === "thousands") === (mark === this.mark);
        part.text = parts ? part.text.replace(mark, "") : `${part.text}0`; // four decimals have one reading
      }
      this.put();
    }

    /* All of it is one edit and one request. */
    put() {
      for (const part of this.parts) if (part.why) part.state = "skipped";
      const sent = this.parts.filter((part) => part.state === "waiting");
      this.part = new Map(sent.map((part) => [part.key, part]));
      if (sent.length) this.onEdit(sent.map((part) => [part.key, part.missing ? { text: "", missing: part.missing } : this.cells.made(part.text)]));
      const here = sent.filter((part) => part.td);
      if (here.length > 1) this.selection.span(here[0].td, here.at(-1).td);
      this.draw();
    }

    /* The portal answered for this cell: saved, or refused with a message. */
    settle(key, message) {
      const part = this.part.get(key);
      if (!part || part.state !== "waiting") return;
      part.state = message ? "refused" : "saved";
      part.message = message;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.draw(), 0); // once for all cells of an answer
    }

    draw() {
      const groups = ["waiting", "refused", "skipped", "saved"].map((state) => [state, this.parts.filter((part) => part.state === state)]);
      const filled = groups.filter(([, parts]) => parts.length);
      const about = document.createElement("p");
      about.textContent = this.about();
      this.box.querySelector("[data-parts]").replaceChildren(...(about.textContent ? [about] : []), ...filled.map(([state, parts]) => this.group(state, parts)));
      this.box.hidden = !filled.length;
      if (filled.length && !groups[0][1].length) this.say(filled.map(([state, parts]) => this.count(state, parts)).concat(this.about() || []).join(". "));
    }

    /* From which firm to which, where it is more than one; and what was passed over. */
    about() {
      const firms = this.parts.filter((part) => part.key && part.state !== "skipped").map((part) => part.firm);
      const { from_to: between, passed_over: over } = this.words;
      const range = firms[0] === firms.at(-1) ? "" : between.replace("{first}", firms[0]).replace("{last}", firms.at(-1));
      return [range, this.passed ? over : ""].filter(Boolean).join(" ");
    }

    count(state, parts) { return this.words.pasted[state].replace("{n}", parts.length); }

    group(state, parts) {
      const details = document.createElement("details");
      const summary = document.createElement("summary");
      const list = document.createElement("ul");
      details.dataset.group = state;
      details.open = state === "refused" || state === "skipped";
      summary.textContent = this.count(state, parts);
      list.append(...(state === "refused" ? parts.map((part) => this.refusal(part)) : this.byFirm(parts)));
      details.append(summary, list);
      return details;
    }

    refusal(part) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link btn-sm";
      button.textContent = `${part.firm}: ${part.name}`;
      button.disabled = !part.td;
      button.addEventListener("click", () => this.onGo(part.td));
      item.append(button, ` ${part.message}`);
      return item;
    }

    /* One line for each firm and cause, with its columns. */
    byFirm(parts) {
      const lines = new Map();
      for (const { firm, name, why } of parts) {
        const line = `${firm}|${why}`;
        lines.set(line, [...(lines.get(line) || []), name]);
      }
      return [...lines].map(([line, names]) => {
        const at = line.lastIndexOf("|");
        const item = document.createElement("li");
        const cause = this.words.skips[line.slice(at + 1)];
        item.textContent = `${line.slice(0, at)}: ${names.join(", ")}${cause ? ` (${cause})` : ""}`;
        return item;
      });
    }
  }

  window.pipSheet.Paste = Paste;
}());
