// Shows each error at its field, visibly and to screen readers.

const control = field => document.getElementById(field) ?? document.querySelector(`input[name=${field}]`);
const errorOf = field => document.getElementById(`${field}-error`);

export function showError(field, messages) {
  const error = errorOf(field);
  if (!error)
    return false;
  error.textContent = messages.join(" ");
  const isInvalid = messages.length > 0;
  error.closest(".field").classList.toggle("wrong", isInvalid);
  const input = control(field);
  if (input.matches("input, textarea"))
    isInvalid ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  return true;
}

/** Shows every error at its field and focuses the first; returns the messages that belong to no field. */
export function showErrors(errors) {
  const other = [];
  for (const [field, messages] of Object.entries(errors)) {
    if (!showError(field, messages))
      other.push(...messages);
  }
  const first = document.querySelector(".field.wrong");
  first?.closest("details")?.setAttribute("open", "");
  first?.querySelector("[aria-invalid], input")?.focus();
  return other;
}
