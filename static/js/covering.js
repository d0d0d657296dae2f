// Cover the words that are selected in a public text with dots. Without this script they are typed over.

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
