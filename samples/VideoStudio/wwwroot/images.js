// The images of an order: selects, checks, shows and removes them.

import { showError } from "./errors.js";
import { inspect, formatNames, ratioOf } from "./image-check.js";
import { count, megabytes } from "./format.js";

const field = document.getElementById("picture-field");
const input = document.getElementById("picture");
const list = document.getElementById("images");
const drop = document.getElementById("drop");
const call = document.querySelector("#picture-call strong"); // words-ok: picture

export class ImagePicker extends EventTarget {
  #limits;
  #max = 1;
  #chosen = [];
  #checking = Promise.resolve();

  constructor(limits) {
    super();
    this.#limits = limits;
    const { types, maxRatio, maxBytes } = limits.picture;
    input.accept = types.join(",");
    document.getElementById("picture-hint").textContent =
      `${formatNames(types).join(", ")} · up to ${maxRatio}:1 · at most ${megabytes(maxBytes)} · converted and scaled if necessary`;
    input.addEventListener("change", () => this.#take([...input.files]));
    this.#listenToDrops();
  }

  /** The files to send. */
  get files() {
    return this.#max === 0 ? [] : this.#chosen.map(({ file }) => file);
  }

  /** Resolves when every selected image has been checked. */
  get checked() {
    return this.#checking;
  }

  /** The messages for the problems of the images. */
  get problems() {
    if (this.#max === 0)
      return [];
    if (this.#chosen.length === 0)
      return ["Choose an image."];
    const tooMany = this.#chosen.length > this.#max
      ? [this.#max === 1 ? `Only one image can be the first frame (was ${this.#chosen.length}).` : `At most ${this.#max} images can be used (was ${this.#chosen.length}).`]
      : [];
    return [...tooMany, ...this.#chosen.flatMap(({ problems }) => problems)];
  }

  /** Sets the number of images by the model. */
  useFor(model) {
    this.#max = { image: 1, text: 0, reference: this.#limits.referenceMax }[model];
    field.hidden = this.#max === 0;
    input.multiple = this.#max > 1;
    document.getElementById("picture-label").textContent = this.#max > 1 ? `Images, up to ${this.#max}` : "Image";
    this.#show();
  }

  // One selection after the other, so that the last one wins.
  #take(files) {
    input.value = "";
    if (files.length > 0 && this.#max > 0)
      this.#checking = this.#checking.then(() => this.#choose(files));
  }

  async #choose(files) {
    const found = await Promise.all(files.map(file => inspect(file, this.#limits.picture)));
    if (this.#max === 1)
      this.#forget(this.#chosen);
    this.#chosen.push(...found);
    this.#changed();
  }

  #remove(image) {
    this.#forget([image]);
    this.#changed();
    input.focus();
  }

  #forget(images) {
    images.forEach(({ url }) => url && URL.revokeObjectURL(url));
    this.#chosen = this.#chosen.filter(image => !images.includes(image));
  }

  #changed() {
    this.#show();
    this.dispatchEvent(new Event("change"));
  }

  #show() {
    const isEmpty = this.#chosen.length === 0;
    list.hidden = isEmpty;
    list.replaceChildren(...this.#chosen.map(image => this.#tile(image)));
    call.textContent = isEmpty ? (this.#max > 1 ? "Choose images" : "Choose an image") : this.#max > 1 ? "Add another" : "Choose another";
    drop.classList.toggle("small", !isEmpty);
    document.getElementById("picture-hint").classList.toggle("unseen", !isEmpty);
    showError("picture", isEmpty ? [] : this.problems);
  }

  #tile(image) {
    const item = document.createElement("li");
    item.classList.toggle("wrong", image.problems.length > 0);
    if (image.url) {
      const preview = document.createElement("img");
      preview.src = image.url;
      preview.alt = "";
      item.append(preview);
    }

    const caption = document.createElement("p");
    const name = document.createElement("strong");
    name.textContent = image.file.name;
    const facts = document.createElement("span");
    facts.textContent = [
      image.url && `${count(image.width)} × ${count(image.height)} px`,
      image.url && ratioOf(image.width, image.height),
      megabytes(image.file.size),
    ].filter(Boolean).join(" · ");
    caption.append(name, facts);

    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "remove";
    remove.setAttribute("aria-label", `Remove ${image.file.name}`);
    remove.textContent = "Remove";
    remove.addEventListener("click", () => this.#remove(image));
    item.append(caption, remove);
    return item;
  }

  // The page accepts a drop anywhere, so that a missed target does not navigate away.
  #listenToDrops() {
    const hasFiles = event => event.dataTransfer?.types.includes("Files");
    const over = isOver => drop.classList.toggle("over", isOver && this.#max > 0);
    document.addEventListener("dragover", event => {
      if (!hasFiles(event))
        return;
      event.preventDefault();
      event.dataTransfer.dropEffect = this.#max > 0 ? "copy" : "none";
      over(true);
    });
    document.addEventListener("dragleave", event => event.relatedTarget === null && over(false));
    document.addEventListener("drop", event => {
      if (!hasFiles(event))
        return;
      event.preventDefault();
      over(false);
      this.#take([...event.dataTransfer.files]);
    });
  }
}
