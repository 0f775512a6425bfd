// Everything that is said of a generation, and how numbers are written.

const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4 });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const moment = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export const usd = amount => money.format(amount);
export const dayOf = iso => day.format(new Date(iso));
export const momentOf = iso => moment.format(new Date(iso));
export const count = number => number.toLocaleString("en-US").replaceAll(",", "\u202f");
export const megabytes = bytes => bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${+(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Minutes and seconds, such as 0:07. */
export const clock = milliseconds => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

/** A few words of a prompt, to tell films apart. */
export const title = prompt => prompt.length > 60 ? `${prompt.slice(0, 57).trimEnd()}…` : prompt;

export const models = {
  image: { name: "A picture", hint: "The picture is the first frame." },
  text: { name: "Words", hint: "The words alone decide." },
  reference: { name: "References", hint: "Who or what is in the pictures appears in the film." },
};

export const states = {
  queued: "Waiting to be sent",
  submitting: "Being sent",
  unknown: "Sent, but nobody knows whether it was accepted",
  generating: "Being made",
  fetching: "Being fetched",
  done: "Ready",
  failed: "Failed",
};

export const unknownExplained =
  "The answer to the order was lost, so it may be paid or not. The studio goes on looking for it and never sends it again by itself; nothing is to be done.";

export const isOver = film => film.state === "done" || film.state === "failed";

export const cost = film => {
  switch (film.costState?.toLowerCase()) {
    case "actual": return usd(film.costUsd);
    case "pending": return isOver(film) ? "not told yet" : "at the end";
    case "unknown": return film.costUsd === null ? "not told" : `about ${usd(film.costUsd)}`;
    default: return "—";
  }
};
