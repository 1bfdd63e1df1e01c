/* A block pasted from a spreadsheet: where each of its cells goes, what its marks mean, and in the end what became of each. */
(function () {
  "use strict";

  const DOUBLE = /^[-+\u2212\u2013]?[1-9]\d{0,2}([.,])\d{3}$/; // thousands or decimals: only a person knows
  const FRACTIONS = ["amount", "decimal", "score"]; // in the other columns such a mark can but part thousands

  class Paste {
    constructor({ cells, words, say, dialog, box, onCommit, onGo }) {
      Object.assign(this, { cells, words, say, dialog, box, onCommit, onGo });
      this.parts = [];
      dialog.addEventListener("close", () => this.answered(dialog.returnValue));
      box.querySelector("[data-close]").addEventListener("click", () => { box.hidden = true; });
    }

    start(td, text) {
      const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
      const [row, column] = this.cells.place(td);
      this.parts = lines.flatMap((line, down) => line.split("\t").map((one, right) => this.part(row + down, column + right, one.trim(), down, right)));
      this.parts = this.parts.filter((part) => part.text || !part.why); // an empty one over a cell that takes nothing loses nothing
      this.double = this.parts.find((part) => this.isDouble(part));
      if (this.double) this.ask(DOUBLE.exec(this.double.text)[1]);
      else this.put();
    }

    /* One cell of the block: what stands there, its place in words, why it cannot go in. */
    part(row, column, text, down, right) {
      const td = this.cells.at(row, column);
      const tr = this.cells.rows[row];
      const { words } = this;
      const baseline = tr && tr.dataset.kind === "baseline" ? `, ${words.baseline}` : "";
      const firm = tr ? tr.dataset.name + baseline : words.block_row.replace("{n}", down + 1);
      const name = this.cells.names[column] || words.block_column.replace("{n}", right + 1);
      return { td, text, firm, name, why: this.why(td), state: "waiting" };
    }

    why(td) {
      if (!td) return "outside";
      if (this.cells.isOpen(td)) return "";
      const { state } = td.parentNode.dataset;
      if (this.cells.table.dataset.open !== "1") return "shut";
      if (state === "closed" || state === "left") return state;
      return td.classList.contains("c-off") ? "off" : "locked";
    }

    isDouble({ td, text, why }) {
      return !why && DOUBLE.test(text) && FRACTIONS.includes(this.cells.types[td.cellIndex]);
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

    put() {
      for (const part of this.parts) {
        if (part.why) part.state = "skipped";
        else this.onCommit(part.td, this.cells.made(part.text));
      }
      this.draw();
    }

    /* The portal answered for this cell: saved, or refused with a message. */
    settle(key, message) {
      const part = this.parts.find((one) => one.state === "waiting" && this.cells.key(one.td) === key);
      if (!part) return;
      part.state = message ? "refused" : "saved";
      part.message = message;
      this.draw();
    }

    draw() {
      const groups = ["waiting", "refused", "skipped", "saved"].map((state) => [state, this.parts.filter((part) => part.state === state)]);
      const filled = groups.filter(([, parts]) => parts.length);
      this.box.querySelector("[data-parts]").replaceChildren(...filled.map(([state, parts]) => this.group(state, parts)));
      this.box.hidden = !filled.length;
      if (filled.length && !groups[0][1].length) this.say(filled.map(([state, parts]) => this.count(state, parts)).join(". "));
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
