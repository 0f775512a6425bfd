// The pictures of an order: chosen or dropped, shown with what is known of them, and taken away again.

import { tell } from "./errors.js";
import { inspect, formatNames, ratioOf } from "./picture-check.js";
import { count, megabytes } from "./words.js";

const field = document.getElementById("picture-field");
const input = document.getElementById("picture");
const list = document.getElementById("pictures");
const drop = document.getElementById("drop");
const call = document.querySelector("#picture-call strong");

export class Pictures extends EventTarget {
  #limits;
  #most = 1;
  #chosen = [];
  #looking = Promise.resolve();

  constructor(limits) {
    super();
    this.#limits = limits;
    const { types, minSide, maxSide, maxRatio, maxBytes } = limits.picture;
    input.accept = types.join(",");
    document.getElementById("picture-hint").textContent =
      `${formatNames(types).join(", ")} · ${count(minSide)} to ${count(maxSide)} px a side · up to ${maxRatio}:1 · ${megabytes(maxBytes)} at most`;
    input.addEventListener("change", () => this.#take([...input.files]));
    this.#listenToDrops();
  }

  /** The files to be sent. */
  get files() {
    return this.#most === 0 ? [] : this.#chosen.map(({ file }) => file);
  }

  /** Ends when every picture that was chosen has been looked at. */
  get looked() {
    return this.#looking;
  }

  /** What is wrong, in sentences. */
  get problems() {
    if (this.#most === 0)
      return [];
    if (this.#chosen.length === 0)
      return ["Choose a picture."];
    const tooMany = this.#chosen.length > this.#most
      ? [this.#most === 1 ? "Only one picture can be the first frame." : `At most ${this.#most} pictures can be used.`]
      : [];
    return [...tooMany, ...this.#chosen.flatMap(({ problems }) => problems)];
  }

  /** How many pictures the model takes. */
  useFor(model) {
    this.#most = { image: 1, text: 0, reference: this.#limits.referenceMax }[model];
    field.hidden = this.#most === 0;
    input.multiple = this.#most > 1;
    document.getElementById("picture-label").textContent = this.#most > 1 ? `Pictures, up to ${this.#most}` : "Picture";
    this.#show();
  }

  // One choice after the other, so that the last one is the one that stays.
  #take(files) {
    input.value = "";
    if (files.length > 0 && this.#most > 0)
      this.#looking = this.#looking.then(() => this.#choose(files));
  }

  async #choose(files) {
    const found = await Promise.all(files.map(file => inspect(file, this.#limits.picture)));
    if (this.#most === 1)
      this.#forget(this.#chosen);
    this.#chosen.push(...found);
    this.#changed();
  }

  #remove(picture) {
    this.#forget([picture]);
    this.#changed();
    input.focus();
  }

  #forget(pictures) {
    pictures.forEach(({ url }) => url && URL.revokeObjectURL(url));
    this.#chosen = this.#chosen.filter(picture => !pictures.includes(picture));
  }

  #changed() {
    this.#show();
    this.dispatchEvent(new Event("change"));
  }

  #show() {
    const isEmpty = this.#chosen.length === 0;
    list.hidden = isEmpty;
    list.replaceChildren(...this.#chosen.map(picture => this.#tile(picture)));
    call.textContent = isEmpty ? (this.#most > 1 ? "Choose pictures" : "Choose a picture") : this.#most > 1 ? "Add another" : "Choose another";
    drop.classList.toggle("small", !isEmpty);
    document.getElementById("picture-hint").classList.toggle("unseen", !isEmpty);
    tell("picture", isEmpty ? [] : this.problems);
  }

  #tile(picture) {
    const item = document.createElement("li");
    item.classList.toggle("wrong", picture.problems.length > 0);
    if (picture.url) {
      const image = document.createElement("img");
      image.src = picture.url;
      image.alt = "";
      item.append(image);
    }

    const words = document.createElement("p");
    const name = document.createElement("strong");
    name.textContent = picture.file.name;
    const facts = document.createElement("span");
    facts.textContent = [
      picture.url && `${count(picture.width)} × ${count(picture.height)} px`,
      picture.url && ratioOf(picture.width, picture.height),
      megabytes(picture.file.size),
    ].filter(Boolean).join(" · ");
    words.append(name, facts);

    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "remove";
    remove.setAttribute("aria-label", `Remove ${picture.file.name}`);
    remove.textContent = "Remove";
    remove.addEventListener("click", () => this.#remove(picture));
    item.append(words, remove);
    return item;
  }

  // The whole page takes a drop, so that one that misses does not leave the page.
  #listenToDrops() {
    const hasFiles = event => event.dataTransfer?.types.includes("Files");
    const over = isOver => drop.classList.toggle("over", isOver && this.#most > 0);
    document.addEventListener("dragover", event => {
      if (!hasFiles(event))
        return;
      event.preventDefault();
      event.dataTransfer.dropEffect = this.#most > 0 ? "copy" : "none";
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
