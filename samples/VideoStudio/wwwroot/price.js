// The estimated price, before anything is ordered. What nobody can tell is said, never shown as nothing.

import { post } from "./api.js";
import { dayOf, usd } from "./words.js";

/** The price of a film in words: { amount, note }. */
export async function priceOf({ model, resolution, seconds }, signal) {
  try {
    const price = await post("/api/price", { model, resolution, seconds: Number(seconds) }, signal);
    return price.known
      ? { amount: usd(price.usd), note: price.asOf ? `by the price list of ${dayOf(price.asOf)}` : "" }
      : { amount: null, note: "The price list does not tell what this film costs." };
  } catch (error) {
    if (error.name === "AbortError")
      throw error;
    return { amount: null, note: "The price could not be asked for." };
  }
}

export class PriceTag {
  #amount = document.getElementById("price");
  #note = document.getElementById("price-note");
  #asked;

  /** Shows the price of this film, unless another is asked for meanwhile. */
  async show(film) {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    this.#amount.classList.add("stale");
    try {
      const { amount, note } = await priceOf(film, asked.signal);
      if (asked.signal.aborted)
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
