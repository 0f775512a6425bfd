// The list of films, kept up to date by the server's events.

import { Card } from "./card.js";
import { isOver, states, title } from "./words.js";

const list = document.getElementById("film-list");
const empty = document.getElementById("empty");
const announcements = document.getElementById("announcements");
const connection = document.getElementById("connection");

const reconnectAfter = 1_000;
const announced = ["generating", "unknown", "done", "failed"];

export class Films {
  #cards = new Map();
  #onRetry;
  #onArrival;

  constructor(onRetry, onArrival) {
    this.#onRetry = onRetry;
    this.#onArrival = onArrival;
    setInterval(() => this.#cards.forEach(card => isOver(card.film) || card.tick()), 1_000);
  }

  /** Shows those that are there, then every change; a lost connection is made again. */
  listen() {
    const events = new EventSource("/api/events");
    events.addEventListener("open", () => connection.textContent = "");
    events.addEventListener("generation", event => this.show(JSON.parse(event.data)));
    events.addEventListener("error", () => {
      events.close();
      connection.textContent = "No connection; trying again";
      setTimeout(() => this.listen(), reconnectAfter);
    });
  }

  /** Shows what was just ordered, unless an event that is newer has come before the answer. */
  showNew(film) {
    if (!this.#cards.has(film.id))
      this.#add(film);
  }

  show(film) {
    const card = this.#cards.get(film.id);
    if (!card) {
      this.#add(film);
    } else if (card.film.state !== film.state) {
      card.update(film);
      this.#announce(film);
    } else {
      card.update(film);
    }
  }

  showEmpty() {
    empty.hidden = this.#cards.size > 0;
  }

  #add(film) {
    const card = new Card(film, this.#onRetry);
    const older = [...this.#cards.values()].filter(other => other.film.createdAt < film.createdAt);
    const next = older.sort((a, b) => a.film.createdAt < b.film.createdAt ? 1 : -1)[0];
    list.insertBefore(card.element, next?.element ?? null);
    this.#cards.set(film.id, card);
    this.showEmpty();
    this.#onArrival(film.id);
  }

  // Only what one waits for: neither polls nor seconds, and nothing of what was there before the page.
  #announce(film) {
    if (announced.includes(film.state))
      announcements.textContent = `“${title(film.prompt)}”: ${states[film.state]}. ${film.state === "failed" ? film.reason ?? "" : ""}`.trim();
  }
}
