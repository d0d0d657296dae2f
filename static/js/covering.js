// Cover the words that are selected in a public text with dots, and paint over the cells of a photo.
// Without this script words are typed over, and cells are ticked one by one.

for (const area of document.querySelectorAll("textarea[data-cover]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = area.dataset.cover;
  button.addEventListener("click", () => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    if (start === end) return area.focus();
    const covered = value.slice(start, end).replace(/[^\s.,]/gu, "•");
    area.setRangeText(covered, start, end, "select");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });
  area.insertAdjacentElement("afterend", button);
}

// The mouse drawn over the grid ticks every cell on its way; arrow keys walk from cell to cell.
for (const grid of document.querySelectorAll("[data-grid]")) {
  const cells = [...grid.querySelectorAll("[name=cell]")];
  const columns = Number(grid.dataset.grid);
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  let first = null;
  let ticks = true; // whether the stroke ticks or clears
  let isStroke = false;
  grid.addEventListener("keydown", (event) => {
    const next = cells[cells.indexOf(event.target) + steps[event.key]];
    if (!next || !cells.includes(event.target)) return;
    event.preventDefault();
    next.focus();
  });
  grid.addEventListener("pointerdown", ({ target }) => {
    [first, ticks, isStroke] = [cells.includes(target) ? target : null, !target.checked, false];
  });
  grid.addEventListener("pointermove", ({ clientX, clientY, buttons }) => {
    const cell = document.elementFromPoint(clientX, clientY);
    if (!first || !buttons || !cells.includes(cell) || (cell === first && !isStroke)) return;
    first.checked = cell.checked = ticks;
    isStroke = true;
  });
  // A stroke that ends where it began is no click on that cell.
  grid.addEventListener("click", (event) => isStroke && event.preventDefault());
}
