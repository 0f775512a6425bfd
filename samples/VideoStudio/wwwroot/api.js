// Calls the studio's API. An error response becomes an ApiError; without a response, fetch throws a TypeError.

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.errors ? "Correct the marked fields of the form." : problem?.detail ?? problem?.title ?? `The studio returned status ${status}.`);
    this.status = status;
    this.errors = problem?.errors ?? {};
  }
}

async function parse(response) {
  const isJson = response.headers.get("Content-Type")?.includes("json");
  const body = isJson ? await response.json() : null;
  if (!response.ok)
    throw new ApiError(response.status, body);
  return body;
}

export const get = async path => parse(await fetch(path));

export async function post(path, body, signal) {
  // A new token for each request, because an older one may have expired.
  const { token, header } = await get("/api/session");
  const headers = { [header]: token };
  if (!(body instanceof FormData))
    headers["Content-Type"] = "application/json";
  return parse(await fetch(path, { method: "POST", headers, signal, body: body instanceof FormData ? body : JSON.stringify(body ?? {}) }));
}
