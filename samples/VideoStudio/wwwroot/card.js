// One generation on the page: its film, or how far it is, and its request beside it. Changed in place, so that neither focus nor playback is lost.

import { clock, cost, isOver, models, momentOf, states, title, unknownExplained } from "./words.js";

const steps = ["submitting", "generating", "fetching", "done"];

export class Card {
  element = make("li", "film");
  film;
  #stage = make("div", "film-stage");
  #stageWords = make("span", "film-stage-words");
  #state = make("span", "film-state-words");
  #clock = make("span", "film-clock");
  #polls = make("span", "film-polls");
  #steps = make("div", "film-steps");
  #reason = make("p", "film-reason");
  #facts = make("dl", "film-facts");
  #actions = make("div", "film-actions");
  #shown = "";

  constructor(film, onRetry) {
    const heading = make("h3", "film-prompt", film.prompt);
    heading.id = `film-${film.id}`;
    const article = make("article", "film-body");
    article.setAttribute("aria-labelledby", heading.id);
    const status = make("p", "film-state");
    const ordered = make("time", "film-ordered", momentOf(film.createdAt));
    ordered.dateTime = film.createdAt;
    status.append(this.#state, this.#clock, this.#polls, ordered);
    for (const ornament of [this.#steps, this.#stageWords])
      ornament.setAttribute("aria-hidden", "true");
    this.#steps.append(...steps.map(() => make("span")));
    const request = make("div", "film-request");
    request.append(status, this.#steps, heading, this.#reason, this.#facts, this.#actions);
    article.append(this.#stage, request);
    this.element.append(article);
    this.onRetry = () => onRetry(this.film);
    this.update(film);
  }

  update(film) {
    this.film = film;
    this.element.dataset.state = film.state;
    this.#state.textContent = states[film.state] ?? film.state;
    this.#polls.textContent = isOver(film) || film.polls === 0 ? "" : film.polls === 1 ? "asked once" : `asked ${film.polls} times`;
    this.#reason.textContent = film.state === "unknown" ? film.reason ?? unknownExplained : film.reason ?? "";
    const reached = steps.indexOf(film.state === "unknown" ? "submitting" : film.state);
    [...this.#steps.children].forEach((step, i) => step.className = i < reached || film.state === "done" ? "past" : i === reached ? "now" : "");
    this.tick();
    this.#showFacts();
    if (this.#shown !== `${film.state} ${film.canRetry}`) {
      this.#shown = `${film.state} ${film.canRetry}`;
      this.#showStage();
      this.#showActions();
    }
  }

  tick() {
    const { state, createdAt, finishedAt } = this.film;
    const elapsed = clock((finishedAt ? new Date(finishedAt) : new Date()) - new Date(createdAt));
    this.#stageWords.textContent = state === "failed" ? "No film" : elapsed;
    this.#clock.textContent = state === "done" ? `in ${elapsed}` : state === "failed" ? `after ${elapsed}` : elapsed;
  }

  #showFacts() {
    const { film } = this;
    const facts = [
      ["Made from", models[film.model]?.name ?? film.model],
      ["Resolution", film.resolution],
      ["Duration", `${film.seconds} s`],
      ["Seed", film.seed ?? "any"],
      ["Cost", cost(film)],
    ];
    if (film.negativePrompt)
      facts.push(["Negative prompt", film.negativePrompt]);
    this.#facts.replaceChildren(...facts.map(([name, value]) => {
      const fact = make("div", name === "Negative prompt" ? "wide" : "");
      fact.append(make("dt", "", name), make("dd", "", value));
      return fact;
    }));
  }

  #showStage() {
    const { film } = this;
    if (film.videoUrl) {
      const video = Object.assign(make("video"), { controls: true, preload: "metadata", playsInline: true, src: film.videoUrl });
      if (film.pictureUrl)
        video.poster = film.pictureUrl;
      video.setAttribute("aria-label", `Film: ${title(film.prompt)}`);
      this.#stage.replaceChildren(video);
    } else if (!this.#stage.hasChildNodes()) {
      if (film.pictureUrl)
        this.#stage.append(Object.assign(make("img"), { src: film.pictureUrl, alt: "", loading: "lazy" }));
      this.#stage.append(this.#stageWords);
    }
  }

  #showActions() {
    const { film } = this;
    const actions = [];
    if (film.videoUrl) {
      const download = make("a", "button", "Download");
      download.href = `${film.videoUrl}?download`;
      download.setAttribute("aria-label", `Download “${title(film.prompt)}”`);
      download.download = "";
      actions.push(download);
    }
    if (film.canRetry) {
      const again = make("button", "button", "Make it again…");
      again.type = "button";
      again.setAttribute("aria-label", `Make it again: “${title(film.prompt)}”`);
      again.addEventListener("click", this.onRetry);
      actions.push(again);
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
