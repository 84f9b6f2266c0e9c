/** One HTTP call of a test: status, headers and JSON body of the answer. `fetch` errors are thrown on. */
export async function call(
  method: string,
  url: string,
  body?: unknown,
  more: { headers?: Record<string, string>; timeoutMs?: number } = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...more.headers },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(more.timeoutMs ?? 5_000),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
