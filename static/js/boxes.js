// Several of many (templates/ui/boxes.html): a filter over the boxes, and what is chosen by name.
// Without this script the whole list is there.
(() => {
  const folded = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  const start = (field) => {
    const boxes = [...field.querySelectorAll(".form-check")];
    const groups = [...field.querySelectorAll(".boxes-list > div")];
    const filter = field.querySelector(".boxes-filter");
    const chosen = field.querySelector("[data-boxes-chosen]");
    const status = filter.querySelector("[role=status]");
    const input = filter.querySelector("input");
    const names = new Map(boxes.map((box) => [box, folded(box.textContent)]));

    const narrow = () => {
      const typed = folded(input.value);
      let shown = 0;
      for (const box of boxes) {
        box.hidden = !names.get(box).includes(typed);
        shown += !box.hidden;
      }
      for (const group of groups) {
        group.hidden = ![...group.querySelectorAll(".form-check")].some((box) => !box.hidden);
      }
      status.textContent = shown ? "" : status.dataset.none;
    };

    const tell = () => {
      const ticked = boxes.filter((box) => box.querySelector("input").checked);
      chosen.querySelector("span").textContent =
        ticked.map((box) => box.textContent.trim()).join(", ");
      chosen.hidden = !ticked.length;
    };

    filter.hidden = boxes.length < 10;
    input.addEventListener("input", narrow);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // it would send the form
    });
    field.addEventListener("change", tell);
    tell(); // what a draft brought back
  };

  document.querySelectorAll("[data-boxes]").forEach(start);
})();
