/* Warnings one after the other by key, and one explanation for several of them. */
(function () {
  "use strict";

  class Warnings {
    constructor({ cells, grid, panel, words, held, say, onExplain }) {
      Object.assign(this, { cells, grid, panel, words, held, say, onExplain });
      this.chosen = new Set();
      document.addEventListener("keydown", (event) => this.key(event));
    }

    key(event) {
      if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      this.grid.commit();
      this.go(event.shiftKey ? -1 : 1);
    }

    /* In the order of the sheet; those whose explanation is on its way are done. */
    waiting() {
      const all = this.cells.rows.flatMap((tr) => [...tr.cells]).filter((td) => td.classList.contains("c-warn"));
      return all.filter((td) => !(this.held(this.cells.key(td)) || {}).explanation);
    }

    /* From a warning in the grid to its own explanation; from there to the next, or to the one before. */
    go(step) {
      const isHere = this.waiting().includes(this.grid.current);
      if (isHere && document.activeElement === this.grid.current) { this.panel.explain(); return; }
      const others = this.waiting().filter((td) => td !== this.grid.current);
      const isAfter = (td) => this.grid.current.compareDocumentPosition(td) & Node.DOCUMENT_POSITION_FOLLOWING;
      const [before, after] = [others.filter((td) => !isAfter(td)), others.filter(isAfter)];
      const td = step > 0 ? after[0] || before[0] : before.at(-1) || after.at(-1);
      if (!td && !isHere) { this.say(this.words.no_warning); return; }
      this.grid.select(td || this.grid.current);
      this.panel.explain();
    }

    /* The other warnings of the page, to be explained with the same words. */
    offer(key, box) {
      if (key !== this.offered) this.chosen.clear();
      this.offered = key;
      if (!box) return;
      const others = this.waiting().filter((td) => this.cells.key(td) !== key);
      box.hidden = !others.length;
      box.querySelector("[data-others]").replaceChildren(...others.map((td) => this.choice(td)));
      const all = box.querySelector("[data-all]");
      const boxes = [...box.querySelectorAll("[data-others] input")];
      all.checked = boxes.length > 0 && boxes.every((one) => one.checked);
      all.onchange = () => boxes.forEach((one) => { one.checked = all.checked; this.choose(one); });
    }

    choice(td) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "checkbox";
      input.value = this.cells.key(td);
      input.checked = this.chosen.has(input.value);
      input.addEventListener("change", () => this.choose(input));
      label.append(input, ` ${this.cells.name(td)}: ${this.cells.shown(td)}`);
      return label;
    }

    choose(input) {
      if (input.checked) this.chosen.add(input.value);
      else this.chosen.delete(input.value);
    }

    /* An explanation belongs to one value, so that each goes with its own. */
    explain(key, explanation) {
      this.onExplain([key, ...this.chosen].map((one) => {
        const td = this.cells.find(one);
        const content = td.classList.contains("c-shut") ? { text: "", missing: "" } : this.cells.made(this.cells.raw(td));
        return [one, { missing: "", ...content, explanation }];
      }));
      this.chosen.clear();
      this.grid.current.focus({ preventScroll: true });
    }
  }

  window.pipSheet.Warnings = Warnings;
}());
