/* The small menus of a cell: the reasons for a missing value (opened by `n`), the answers of yes or no (by the space bar). Moved by
   arrows, chosen by Enter or by the key that stands beside, closed by Esc. */
(function () {
  "use strict";

  class Reasons {
    constructor(menu, onChoice) {
      this.menu = menu;
      this.onChoice = onChoice;
      this.items = [...menu.querySelectorAll("[role^=menuitem]")];
      menu.addEventListener("keydown", (event) => this.key(event));
      menu.addEventListener("click", (event) => {
        const item = event.target.closest("[role^=menuitem]");
        if (item) this.choose(item);
      });
      menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.hidden = true; });
    }

    /* `held`: which of them the cell holds now. */
    open(td, held = () => false) {
      this.td = td;
      const chosen = this.items.find((item) => held(item.dataset));
      for (const item of this.items) if (item.hasAttribute("aria-checked")) item.setAttribute("aria-checked", item === chosen);
      const box = td.getBoundingClientRect();
      this.menu.hidden = false;
      const { offsetHeight, offsetWidth } = this.menu;
      const below = box.bottom + offsetHeight <= window.innerHeight;
      this.menu.style.top = `${below ? box.bottom : Math.max(0, box.top - offsetHeight)}px`;
      this.menu.style.left = `${Math.max(0, Math.min(box.left, window.innerWidth - offsetWidth - 8))}px`;
      (chosen || this.items[0]).focus();
    }

    close() {
      this.menu.hidden = true;
      this.td.focus({ preventScroll: true });
    }

    choose(item) {
      this.close();
      this.onChoice(this.td, item.dataset.reason ? { text: "", missing: item.dataset.reason } : { text: item.dataset.answer });
    }

    key(event) {
      const at = this.items.indexOf(document.activeElement);
      const { key } = event;
      const named = this.items.find((item) => (item.dataset.keys || "").split(" ").includes(key.toLowerCase()));
      if (key === "Escape" || key === "Tab") this.close();
      else if (key === "ArrowDown") this.items[(at + 1) % this.items.length].focus();
      else if (key === "ArrowUp") this.items[(at + this.items.length - 1) % this.items.length].focus();
      else if (key === "Enter" || key === " ") this.choose(this.items[at]);
      else if (named && key !== " ") this.choose(named);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }
  }

  window.pipSheet.Reasons = Reasons;
}());
