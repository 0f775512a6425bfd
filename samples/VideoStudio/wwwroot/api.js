// The studio's server. A refusal becomes a Refusal, no answer a TypeError of fetch.

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.errors ? "Something in the form has to be corrected." : problem?.detail ?? problem?.title ?? `The studio answered with status ${status}.`);
    this.status = status;
    this.errors = problem?.errors ?? {};
  }
}

async function read(response) {
  const isJson = response.headers.get("Content-Type")?.includes("json");
  const body = isJson ? await response.json() : null;
  if (!response.ok)
    throw new Refusal(response.status, body);
  return body;
}

export const get = async path => read(await fetch(path));

export async function post(path, body, signal) {
  // A token for each press: one from before a restart or a night may be out of date.
  const { token, header } = await get("/api/session");
  const headers = { [header]: token };
  if (!(body instanceof FormData))
    headers["Content-Type"] = "application/json";
  return read(await fetch(path, { method: "POST", headers, signal, body: body instanceof FormData ? body : JSON.stringify(body ?? {}) }));
}
