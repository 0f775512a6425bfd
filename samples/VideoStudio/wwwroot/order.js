// The form. An order keeps its id until it is changed. It is bought once, however often it is sent or its response is lost.

import { post, ApiError } from "./api.js";
import { showError, showErrors } from "./errors.js";
import { PriceTag } from "./price.js";
import { count, models } from "./format.js";

const form = document.getElementById("order");
const make = document.getElementById("make");
const note = document.getElementById("order-note");
const error = document.getElementById("order-error");
const fields = ["prompt", "negativePrompt"];

export class Order extends EventTarget {
  #limits;
  #images;
  #price = new PriceTag();
  #id = crypto.randomUUID();
  #isSending = false;

  constructor(limits, images) {
    super();
    this.#limits = limits;
    this.#images = images;
    choices("resolutions", "resolution", limits.resolutions, limits.resolutions[0], value => value);
    choices("seconds", "seconds", limits.seconds, limits.defaultSeconds, value => `${value} s`);
    for (const radio of form.elements.model)
      radio.closest("label").hidden = !limits.models.includes(radio.value);
    form.addEventListener("input", event => this.#edited(event.target));
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.#send();
    });
    images.addEventListener("change", () => this.#reset());
    this.#showModel();
    this.#showPrice();
    fields.forEach(name => this.#showCount(name));
  }

  /** Called when a generation appears in the list. If it is the one whose response was lost, the order was accepted. */
  arrived(id) {
    if (id === this.#id && error.textContent)
      this.#accepted();
  }

  #edited(target) {
    if (target.type === "file")
      return;
    this.#reset();
    if (target.name === "model")
      this.#showModel();
    if (target.type === "radio")
      this.#showPrice();
    if (fields.includes(target.name))
      this.#showCount(target.name);
    if (target.hasAttribute("aria-invalid"))
      showError(target.name, this.#problems()[target.name] ?? []);
  }

  /** A changed form is a new order. */
  #reset() {
    this.#id = crypto.randomUUID();
    note.textContent = error.textContent = "";
  }

  #showModel() {
    const model = form.elements.model.value;
    document.getElementById("model-hint").textContent = models[model].hint;
    this.#images.useFor(model);
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
    const problems = { picture: this.#images.problems, prompt: [], seed: [], negativePrompt: [] };
    if (prompt.value.trim() === "")
      problems.prompt.push("Describe what happens in the video.");
    for (const field of [prompt, negativePrompt]) {
      const limit = this.#limits[`${field.name}MaxLength`];
      const length = lengthOf(field.value);
      if (length > limit)
        problems[field.name].push(`The text must have at most ${count(limit)} characters (was ${count(length)}).`);
    }
    const number = seed.value.trim();
    if (number !== "" && !(/^\d{1,15}$/.test(number) && Number(number) <= this.#limits.seedMax))
      problems.seed.push(`The seed must be a whole number from 0 to ${count(this.#limits.seedMax)}, or empty.`);
    return problems;
  }

  async #send() {
    if (this.#isSending)
      return;
    note.textContent = error.textContent = "";
    this.#setSending(true);
    try {
      await this.#images.checked;
      const problems = this.#problems();
      showErrors(problems);
      if (Object.values(problems).some(messages => messages.length > 0))
        return;
      const generation = await post("/api/generations", this.#body());
      this.#accepted();
      this.dispatchEvent(new CustomEvent("accepted", { detail: generation }));
    } catch (failure) {
      error.textContent = failure instanceof ApiError
        ? [failure.message, ...showErrors(failure.errors)].join(" ")
        : "No response was received. Send the order again: an unchanged order is bought once.";
    } finally {
      this.#setSending(false);
    }
  }

  #body() {
    const body = new FormData();
    body.set("clientRequestId", this.#id);
    for (const name of ["model", "prompt", "negativePrompt", "resolution", "seconds", "seed"])
      body.set(name, form.elements[name].value.trim());
    this.#images.files.forEach(file => body.append("picture", file));
    return body;
  }

  #accepted() {
    error.textContent = "";
    note.textContent = "The order was accepted. Sending it again buys nothing; change it to order another video.";
    note.scrollIntoView({ block: "nearest" });
  }

  // Not the disabled attribute, which would remove the focus.
  #setSending(isSending) {
    this.#isSending = isSending;
    make.setAttribute("aria-disabled", String(isSending));
    make.textContent = isSending ? "Sending…" : "Generate video";
  }
}

/** Counts code points, as the service does: an emoji counts once. */
const lengthOf = text => [...text].length;

function choices(place, name, values, selected, label) {
  document.getElementById(place).replaceChildren(...values.map(value => {
    const element = document.createElement("label");
    const radio = Object.assign(document.createElement("input"), { type: "radio", name, value, checked: value === selected });
    const text = document.createElement("span");
    text.textContent = label(value);
    element.append(radio, text);
    return element;
  }));
}
