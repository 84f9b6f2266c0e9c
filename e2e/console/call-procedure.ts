import type { Visitor } from "./sign-in-visitor.ts";

/** Calls a procedure of the console as a visitor would by hand, past every page: the answer as it came. */
export function callProcedure(
  { baseUrl, visitor }: { baseUrl: string; visitor: Visitor },
  name: string,
  input: unknown,
): Promise<Response> {
  return fetch(`${baseUrl}/api/trpc/${name}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: baseUrl,
      cookie: `${visitor.cookie.name}=${visitor.cookie.value}`,
    },
    body: JSON.stringify(input ?? {}),
  });
}
