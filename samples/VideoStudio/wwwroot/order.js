// The form. An order keeps its id until something in it is changed: however often it is pressed or its answer lost, it is bought once.

import { post, Refusal } from "./api.js";
import { tell, tellAll } from "./errors.js";
import { PriceTag } from "./price.js";
import { count, models } from "./words.js";

const form = document.getElementById("order");
const make = document.getElementById("make");
const note = document.getElementById("order-note");
const error = document.getElementById("order-error");
const fields = ["prompt", "negativePrompt"];

export class Order extends EventTarget {
  #limits;
  #pictures;
  #price = new PriceTag();
  #id = crypto.randomUUID();
  #isSending = false;

  constructor(limits, pictures) {
    super();
    this.#limits = limits;
    this.#pictures = pictures;
    choices("resolutions", "resolution", limits.resolutions, limits.resolutions[0], value => value);
    choices("seconds", "seconds", limits.seconds, limits.defaultSeconds, value => `${value} s`);
    for (const radio of form.elements.model)
      radio.closest("label").hidden = !limits.models.includes(radio.value);
    form.addEventListener("input", event => this.#edited(event.target));
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.#send();
    });
    pictures.addEventListener("change", () => this.#renew());
    this.#showModel();
    this.#showPrice();
    fields.forEach(name => this.#showCount(name));
  }

  /** Tells that a film has come into the list: when it is the one whose answer was lost, the order has arrived after all. */
  arrived(id) {
    if (id === this.#id && error.textContent)
      this.#accepted();
  }

  #edited(target) {
    if (target.type === "file")
      return;
    this.#renew();
    if (target.name === "model")
      this.#showModel();
    if (target.type === "radio")
      this.#showPrice();
    if (fields.includes(target.name))
      this.#showCount(target.name);
    if (target.hasAttribute("aria-invalid"))
      tell(target.name, this.#problems()[target.name] ?? []);
  }

  /** What is changed is another order. */
  #renew() {
    this.#id = crypto.randomUUID();
    note.textContent = error.textContent = "";
  }

  #showModel() {
    const model = form.elements.model.value;
    document.getElementById("model-hint").textContent = models[model].hint;
    this.#pictures.useFor(model);
  }

  #showPrice() {
    this.#price.show({ model: form.elements.model.value, resolution: form.elements.resolution.value, seconds: form.elements.seconds.value });
  }

  #showCount(name) {
    const length = lengthOf(form.elements[name].value);
    const limit = this.#limits[`${name}MaxLength`];
    const place = document.getElementById(`${name}-count`);
    place.textContent = `${count(length)} of ${count(limit)} characters`;
    place.classList.toggle("over", length > limit);
  }

  #problems() {
    const { prompt, negativePrompt, seed } = form.elements;
    const problems = { picture: this.#pictures.problems, prompt: [], seed: [], negativePrompt: [] };
    if (prompt.value.trim() === "")
      problems.prompt.push("Write what shall happen.");
    for (const field of [prompt, negativePrompt]) {
      const limit = this.#limits[`${field.name}MaxLength`];
      const length = lengthOf(field.value);
      if (length > limit)
        problems[field.name].push(`It has ${count(length)} characters; the limit is ${count(limit)}.`);
    }
    const number = seed.value.trim();
    if (number !== "" && !(/^\d{1,15}$/.test(number) && Number(number) <= this.#limits.seedMax))
      problems.seed.push(`A whole number from 0 to ${count(this.#limits.seedMax)}, or nothing.`);
    return problems;
  }

  async #send() {
    if (this.#isSending)
      return;
    note.textContent = error.textContent = "";
    this.#setSending(true);
    try {
      await this.#pictures.looked;
      const problems = this.#problems();
      tellAll(problems);
      if (Object.values(problems).some(sentences => sentences.length > 0))
        return;
      const film = await post("/api/generations", this.#body());
      this.#accepted();
      this.dispatchEvent(new CustomEvent("accepted", { detail: film }));
    } catch (failure) {
      error.textContent = failure instanceof Refusal
        ? [failure.message, ...tellAll(failure.errors)].join(" ")
        : "No answer came. Press again: as long as nothing is changed it is the same order, and it is bought once.";
    } finally {
      this.#setSending(false);
    }
  }

  #body() {
    const body = new FormData();
    body.set("clientRequestId", this.#id);
    for (const name of ["model", "prompt", "negativePrompt", "resolution", "seconds", "seed"])
      body.set(name, form.elements[name].value.trim());
    this.#pictures.files.forEach(file => body.append("picture", file));
    return body;
  }

  #accepted() {
    error.textContent = "";
    note.textContent = "It is on its way. Change anything to make another; pressing again buys nothing.";
    note.scrollIntoView({ block: "nearest" });
  }

  // Not disabled, which would take the focus away.
  #setSending(isSending) {
    this.#isSending = isSending;
    make.setAttribute("aria-disabled", String(isSending));
    make.textContent = isSending ? "Sending…" : "Make the film";
  }
}

/** A character such as an emoji counts once, as the service counts. */
const lengthOf = text => [...text].length;

function choices(place, name, values, chosen, words) {
  document.getElementById(place).replaceChildren(...values.map(value => {
    const label = document.createElement("label");
    const radio = Object.assign(document.createElement("input"), { type: "radio", name, value, checked: value === chosen });
    const text = document.createElement("span");
    text.textContent = words(value);
    label.append(radio, text);
    return label;
  }));
}
