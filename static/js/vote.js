// Tells how many dots are left while they are laid; the server checks them in any case.
const form = document.querySelector("[data-dots]");
const words = form?.querySelector("[data-left]");

function tell() {
  const laid = [...form.querySelectorAll(".dots :checked")].reduce((sum, box) => sum + Number(box.value), 0);
  const left = Number(form.dataset.dots) - laid;
  words.hidden = false;
  words.classList.toggle("dots__left--over", left < 0);
  words.textContent = left < 0
    ? words.dataset.over.replace("{over}", -left)
    : words.dataset.left.replace("{left}", left);
}

if (words) {
  form.addEventListener("change", tell);
  tell();
}
