// The estimated price of an order. An unknown price is shown as unknown, never as zero.

import { post } from "./api.js";
import { dayOf, usd } from "./format.js";

/** Returns the price of a video as text: { amount, note }. */
export async function priceOf({ model, resolution, seconds }, signal) {
  try {
    const price = await post("/api/price", { model, resolution, seconds: Number(seconds) }, signal);
    return price.known
      ? { amount: usd(price.usd), note: price.asOf ? `price list of ${dayOf(price.asOf)}` : "" }
      : { amount: null, note: "The price list does not contain this video." };
  } catch (error) {
    if (error.name === "AbortError")
      throw error;
    return { amount: null, note: "The price could not be read." };
  }
}

export class PriceTag {
  #amount = document.getElementById("price");
  #note = document.getElementById("price-note");
  #request;

  /** Shows the price of an order, unless a newer one was requested in the meantime. */
  async show(order) {
    this.#request?.abort();
    const request = this.#request = new AbortController();
    this.#amount.classList.add("stale");
    try {
      const { amount, note } = await priceOf(order, request.signal);
      if (request.signal.aborted)
        return;
      this.#amount.textContent = amount ?? "unknown";
      this.#note.textContent = note;
      this.#amount.classList.remove("stale");
    } catch (error) {
      if (error.name !== "AbortError")
        throw error;
    }
  }
}
