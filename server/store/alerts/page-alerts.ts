import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { Queryable } from "#db/client.ts";
import type { AlertRow } from "./alert-row.ts";
import { type AlertFilter, listOpenAlerts, listPastAlerts } from "./list-alerts.ts";

export interface AlertPage {
  alerts: AlertRow[];
  /** Null at the end. */
  nextCursor: string | null;
}

const id = z.string().regex(/^[1-9]\d{0,18}$/);
const openPosition = z.tuple([z.boolean(), id]);
const pastPosition = z.tuple([id]);

/**
 * Alerts a page at a time: open ones, critical first and then the newest; or those that are over, newest first. Throws
 * `bad_cursor`.
 */
export async function pageAlerts(
  db: Queryable,
  state: "open" | "past",
  filter: AlertFilter,
  { cursor, limit }: { cursor?: string | null | undefined; limit: number },
): Promise<AlertPage> {
  const rows =
    state === "open"
      ? await listOpenAlerts(db, filter, openAfter(cursor), limit + 1)
      : await listPastAlerts(db, filter, cursor ? decodeCursor(cursor, pastPosition)[0] : null, limit + 1);
  const alerts = rows.slice(0, limit);
  const last = alerts.at(-1);
  if (rows.length <= limit || last === undefined) return { alerts, nextCursor: null };
  const place = state === "open" ? [last.severity === "critical", last.id] : [last.id];
  return { alerts, nextCursor: encodeCursor(place) };
}

function openAfter(cursor: string | null | undefined): { critical: boolean; id: string } | null {
  if (!cursor) return null;
  const [critical, after] = decodeCursor(cursor, openPosition);
  return { critical, id: after };
}
