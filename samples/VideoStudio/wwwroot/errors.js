// What is wrong is told at its field, to eyes and to ears.

const control = field => document.getElementById(field) ?? document.querySelector(`input[name=${field}]`);
const place = field => document.getElementById(`${field}-error`);

export function tell(field, sentences) {
  const error = place(field);
  if (!error)
    return false;
  error.textContent = sentences.join(" ");
  const isWrong = sentences.length > 0;
  error.closest(".field").classList.toggle("wrong", isWrong);
  const input = control(field);
  if (input.matches("input, textarea"))
    isWrong ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  return true;
}

/** Shows every error at its field and goes to the first; returns what belongs to no field. */
export function tellAll(errors) {
  const homeless = [];
  for (const [field, sentences] of Object.entries(errors)) {
    if (!tell(field, sentences))
      homeless.push(...sentences);
  }
  const first = document.querySelector(".field.wrong");
  first?.closest("details")?.setAttribute("open", "");
  first?.querySelector("[aria-invalid], input")?.focus();
  return homeless;
}
