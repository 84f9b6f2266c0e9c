import type { SessionView } from "#server/api/session-view.ts";

/**
 * Who asked for a page, from the header by which the web process says so; it removes one that a browser sends. Only
 * for what is shown first: every procedure finds out for itself who calls.
 */
export function readSession(header: string | null): SessionView | null {
  return header === null ? null : (JSON.parse(decodeURIComponent(header)) as SessionView);
}
