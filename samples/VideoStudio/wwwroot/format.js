// The texts of the page about generations, and the formats of numbers and dates.

const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4 });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const moment = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export const usd = amount => money.format(amount);
export const dayOf = iso => day.format(new Date(iso));
export const momentOf = iso => moment.format(new Date(iso));
export const count = number => number.toLocaleString("en-US").replaceAll(",", "\u202f");
export const megabytes = bytes => bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${+(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Formats minutes and seconds, such as 0:07. */
export const clock = milliseconds => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

/** A short title from a prompt. */
export const title = prompt => prompt.length > 60 ? `${prompt.slice(0, 57).trimEnd()}…` : prompt;

export const models = {
  image: { name: "Image", hint: "The image is the first frame." },
  text: { name: "Text", hint: "The video follows the prompt alone." },
  reference: { name: "References", hint: "The persons or objects of the images appear in the video." },
};

export const states = {
  queued: "Queued",
  submitting: "Submitting",
  unknown: "Submitted, but it is unknown whether it was accepted",
  generating: "Generating",
  fetching: "Downloading",
  done: "Ready",
  failed: "Failed",
};

export const unknownExplanation =
  "The response to the order was lost, so that it may have been paid for or not. The studio searches for it and never sends it again by itself. No action is needed.";

export const isOver = generation => generation.state === "done" || generation.state === "failed";

export const cost = generation => {
  switch (generation.costState?.toLowerCase()) {
    case "actual": return usd(generation.costUsd);
    case "pending": return isOver(generation) ? "not yet known" : "known at the end";
    case "unknown": return generation.costUsd === null ? "unknown" : `about ${usd(generation.costUsd)}`;
    default: return "—";
  }
};
