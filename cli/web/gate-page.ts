import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "#server/operations/people/find-caller.ts";

/** By this header the web process tells the pages who asks; one that comes from outside is dropped. */
export const sessionHeader = "x-signalbox-session";

const openPaths = [
  /^\/sign-in$/,
  /^\/setup\/[^/]+$/,
  /^\/invite\/[^/]+$/,
  /^\/_next\/static\//,
  /^\/icon\.svg$/,
];
const devPaths = [/^\/_next\//, /^\/__nextjs/];

export interface PageGate {
  /** Null where nobody is signed in or that is not known. */
  caller: Caller | null;
  /** Whether the database could say. While it is away pages are drawn: they tell so themselves, and hold no data. */
  isKnown: boolean;
  dev: boolean;
}

/**
 * Sends who is not signed in to `/sign-in`, and says so by true. A convenience and no protection: pages hold no data,
 * and every procedure finds out for itself who calls.
 */
export function gatePage(req: IncomingMessage, res: ServerResponse, gate: PageGate): boolean {
  const { caller, isKnown, dev } = gate;
  delete req.headers[sessionHeader];
  const url = req.url ?? "/";
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  if (caller !== null) {
    const { login: name, displayName, role } = caller;
    const view = { name, displayName, role, kind: "user" };
    req.headers[sessionHeader] = encodeURIComponent(JSON.stringify(view));
    return false;
  }
  if (!isKnown || isOpenPath(path, dev)) return false;
  const next = url.replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "");
  res.writeHead(303, {
    location: next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`,
    "cache-control": "no-store",
  });
  res.end();
  return true;
}

/** Whether a page is for those who are not signed in, or a file that pages are made of. */
export function isOpenPath(path: string, dev: boolean): boolean {
  return openPaths.some((open) => open.test(path)) || (dev && devPaths.some((open) => open.test(path)));
}
