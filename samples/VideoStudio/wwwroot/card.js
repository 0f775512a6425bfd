// The card of one generation: its video or its progress, and its request. Updated in place, so that neither focus nor playback is lost.

import { clock, cost, isOver, models, momentOf, states, title, unknownExplanation } from "./format.js";

const steps = ["submitting", "generating", "fetching", "done"];

export class Card {
  element = make("li", "generation");
  generation;
  #stage = make("div", "generation-stage");
  #stageText = make("span", "generation-stage-text");
  #state = make("span", "generation-state-text");
  #clock = make("span", "generation-clock");
  #polls = make("span", "generation-polls");
  #steps = make("div", "generation-steps");
  #reason = make("p", "generation-reason");
  #facts = make("dl", "generation-facts");
  #actions = make("div", "generation-actions");
  #shown = "";

  constructor(generation, onRetry) {
    const heading = make("h3", "generation-prompt", generation.prompt);
    heading.id = `generation-${generation.id}`;
    const article = make("article", "generation-body");
    article.setAttribute("aria-labelledby", heading.id);
    const status = make("p", "generation-state");
    const created = make("time", "generation-created", momentOf(generation.createdAt));
    created.dateTime = generation.createdAt;
    status.append(this.#state, this.#clock, this.#polls, created);
    for (const decoration of [this.#steps, this.#stageText])
      decoration.setAttribute("aria-hidden", "true");
    this.#steps.append(...steps.map(() => make("span")));
    const request = make("div", "generation-request");
    request.append(status, this.#steps, heading, this.#reason, this.#facts, this.#actions);
    article.append(this.#stage, request);
    this.element.append(article);
    this.onRetry = () => onRetry(this.generation);
    this.update(generation);
  }

  update(generation) {
    this.generation = generation;
    this.element.dataset.state = generation.state;
    this.#state.textContent = states[generation.state] ?? generation.state;
    this.#polls.textContent = isOver(generation) || generation.polls === 0 ? "" : generation.polls === 1 ? "polled once" : `polled ${generation.polls} times`;
    this.#reason.textContent = generation.state === "unknown" ? generation.reason ?? unknownExplanation : generation.reason ?? "";
    const reached = steps.indexOf(generation.state === "unknown" ? "submitting" : generation.state);
    [...this.#steps.children].forEach((step, i) => step.className = i < reached || generation.state === "done" ? "past" : i === reached ? "now" : "");
    this.tick();
    this.#showFacts();
    if (this.#shown !== `${generation.state} ${generation.canRetry}`) {
      this.#shown = `${generation.state} ${generation.canRetry}`;
      this.#showStage();
      this.#showActions();
    }
  }

  tick() {
    const { state, createdAt, finishedAt } = this.generation;
    const elapsed = clock((finishedAt ? new Date(finishedAt) : new Date()) - new Date(createdAt));
    this.#stageText.textContent = state === "failed" ? "No video" : elapsed;
    this.#clock.textContent = state === "done" ? `in ${elapsed}` : state === "failed" ? `after ${elapsed}` : elapsed;
  }

  #showFacts() {
    const { generation } = this;
    const facts = [
      ["Source", models[generation.model]?.name ?? generation.model],
      ["Resolution", generation.resolution],
      ["Duration", `${generation.seconds} s`],
      ["Seed", generation.seed ?? "any"],
      ["Cost", cost(generation)],
    ];
    if (generation.imageDetails)
      facts.push(["Images", generation.imageDetails]);
    if (generation.negativePrompt)
      facts.push(["Negative prompt", generation.negativePrompt]);
    this.#facts.replaceChildren(...facts.map(([name, value]) => {
      const fact = make("div", ["Negative prompt", "Images"].includes(name) ? "wide" : "");
      fact.append(make("dt", "", name), make("dd", "", value));
      return fact;
    }));
  }

  #showStage() {
    const { generation } = this;
    if (generation.videoUrl) {
      const video = Object.assign(make("video"), { controls: true, preload: "metadata", playsInline: true, src: generation.videoUrl });
      if (generation.pictureUrl)
        video.poster = generation.pictureUrl;
      video.setAttribute("aria-label", `Video: ${title(generation.prompt)}`);
      this.#stage.replaceChildren(video);
    } else if (!this.#stage.hasChildNodes()) {
      if (generation.pictureUrl)
        this.#stage.append(Object.assign(make("img"), { src: generation.pictureUrl, alt: "", loading: "lazy" }));
      this.#stage.append(this.#stageText);
    }
  }

  #showActions() {
    const { generation } = this;
    const actions = [];
    if (generation.videoUrl) {
      const download = make("a", "button", "Download");
      download.href = `${generation.videoUrl}?download`;
      download.setAttribute("aria-label", `Download “${title(generation.prompt)}”`);
      download.download = "";
      actions.push(download);
    }
    if (generation.canRetry) {
      const retry = make("button", "button", "Retry…");
      retry.type = "button";
      retry.setAttribute("aria-label", `Retry “${title(generation.prompt)}”`);
      retry.addEventListener("click", this.onRetry);
      actions.push(retry);
    }
    this.#actions.replaceChildren(...actions);
  }
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className)
    element.className = className;
  if (text !== undefined)
    element.textContent = text;
  return element;
}
