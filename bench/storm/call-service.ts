const timeoutMs = 2_000;

/** An answer that is no success, as HTTP clients throw it. */
class HttpError extends Error {
  override name = "HttpError";
  readonly status: number;

  constructor(status: number) {
    super(`Request failed with status code ${status}`);
    this.status = status;
  }
}

/** What the handler of every system does: one call, with a timeout of 2 s. Throws unless it succeeds. */
export async function callService(url: string): Promise<void> {
  const response = await fetch(url, { method: "POST", signal: AbortSignal.timeout(timeoutMs) });
  await response.arrayBuffer();
  if (!response.ok) throw new HttpError(response.status);
}
