// Retries a failed generation. The retry is a new generation and is paid for again; the dialog shows the price first.

import { post } from "./api.js";
import { priceOf } from "./price.js";
import { usd } from "./format.js";

const dialog = document.getElementById("retry");
const description = document.getElementById("retry-text");
const pay = document.getElementById("retry-pay");
const error = document.getElementById("retry-error");

/** Asks for confirmation, then orders. Resolves to the new generation, or null. */
export async function retry(generation, isEmulator) {
  const price = await priceOf(generation);
  const previous = generation.costUsd === null ? "The cost of the failed one is unknown." : generation.costUsd === 0 ? "The failed one cost nothing." : `The failed one cost ${usd(generation.costUsd)}.`;
  const next = price.amount ? `this one costs about ${price.amount}` : "its price is unknown";
  description.textContent =
    `This orders a new video with the same request, and it is paid for again: ${next}. ${previous}${isEmulator ? " (The emulator does not charge real money.)" : ""}`;
  pay.textContent = price.amount ? `Pay ${price.amount} and generate` : "Pay and generate";
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
        const created = await post(`/api/generations/${generation.id}/retry`);
        dialog.close("pay");
        end(created);
      } catch (failure) {
        error.textContent = failure.status ? failure.message : "No response was received. Try again: the retry is bought once.";
      } finally {
        pay.removeAttribute("aria-disabled");
      }
    };
    pay.addEventListener("click", confirm);
    dialog.addEventListener("close", () => end(null), { once: true });
  });
}
