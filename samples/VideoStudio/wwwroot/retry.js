// Making a failed film again. It is a new one and is paid again, which is said with the price before it is done.

import { post } from "./api.js";
import { priceOf } from "./price.js";
import { usd } from "./words.js";

const dialog = document.getElementById("retry");
const words = document.getElementById("retry-words");
const pay = document.getElementById("retry-pay");
const error = document.getElementById("retry-error");

/** Asks, and orders if the answer is yes; resolves to the new film or null. */
export async function retry(film, isEmulator) {
  const price = await priceOf(film);
  const past = film.costUsd === null ? "For the failed one no cost was told." : film.costUsd === 0 ? "The failed one cost nothing." : `The failed one cost ${usd(film.costUsd)}.`;
  const next = price.amount ? `this one costs about ${price.amount}` : "what this one costs nobody can tell beforehand";
  words.textContent =
    `This orders a new film with the same request, and it is paid again: ${next}. ${past}${isEmulator ? " (The emulator takes no real money.)" : ""}`;
  pay.textContent = price.amount ? `Pay ${price.amount} and make it` : "Pay and make it";
  error.textContent = "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise(resolve => {
    const end = result => {
      pay.removeEventListener("click", confirm);
      resolve(result);
    };
    const confirm = async event => {
      event.preventDefault();
      if (pay.getAttribute("aria-disabled") === "true")
        return;
      pay.setAttribute("aria-disabled", "true");
      try {
        const again = await post(`/api/generations/${film.id}/retry`);
        dialog.close("pay");
        end(again);
      } catch (failure) {
        error.textContent = failure.status ? failure.message : "No answer came. Press again: it is bought once.";
      } finally {
        pay.removeAttribute("aria-disabled");
      }
    };
    pay.addEventListener("click", confirm);
    dialog.addEventListener("close", () => end(null), { once: true });
  });
}
