// The list of generations, updated by server-sent events.

import { Card } from "./card.js";
import { isOver, states, title } from "./format.js";

const list = document.getElementById("video-list");
const empty = document.getElementById("empty");
const announcements = document.getElementById("announcements");
const connection = document.getElementById("connection");

const reconnectAfter = 1_000;
const announced = ["generating", "unknown", "done", "failed"];

export class Generations {
  #cards = new Map();
  #onRetry;
  #onArrival;

  constructor(onRetry, onArrival) {
    this.#onRetry = onRetry;
    this.#onArrival = onArrival;
    setInterval(() => this.#cards.forEach(card => isOver(card.generation) || card.tick()), 1_000);
  }

  /** Shows the existing generations, then every change. Reconnects after a lost connection. */
  listen() {
    const events = new EventSource("/api/events");
    events.addEventListener("open", () => connection.textContent = "");
    events.addEventListener("generation", event => this.show(JSON.parse(event.data)));
    events.addEventListener("error", () => {
      events.close();
      connection.textContent = "Connection lost; reconnecting";
      setTimeout(() => this.listen(), reconnectAfter);
    });
  }

  /** Shows a new generation, unless a newer event arrived before the response. */
  showNew(generation) {
    if (!this.#cards.has(generation.id))
      this.#add(generation);
  }

  show(generation) {
    const card = this.#cards.get(generation.id);
    if (!card) {
      this.#add(generation);
    } else if (card.generation.state !== generation.state) {
      card.update(generation);
      this.#announce(generation);
    } else {
      card.update(generation);
    }
  }

  showEmpty() {
    empty.hidden = this.#cards.size > 0;
  }

  #add(generation) {
    const card = new Card(generation, this.#onRetry);
    const older = [...this.#cards.values()].filter(other => other.generation.createdAt < generation.createdAt);
    const next = older.sort((a, b) => a.generation.createdAt < b.generation.createdAt ? 1 : -1)[0];
    list.insertBefore(card.element, next?.element ?? null);
    this.#cards.set(generation.id, card);
    this.showEmpty();
    this.#onArrival(generation.id);
  }

  // Announces final and important states only: neither polls nor seconds, and nothing that existed before the page was opened.
  #announce(generation) {
    if (announced.includes(generation.state))
      announcements.textContent = `“${title(generation.prompt)}”: ${states[generation.state]}. ${generation.state === "failed" ? generation.reason ?? "" : ""}`.trim();
  }
}
