import type { SeenProgress } from "#core/alert/track-progress.ts";
import type { Watched } from "#core/alert/watch-alerts.ts";
import type { Queryable } from "#db/client.ts";

/** What is remembered between two looks at what stalls. */
export interface AlertWatch {
  watched: Record<string, Watched>;
  progress: Record<string, SeenProgress>;
}

/** What the last look left; empty before the first. */
export async function readAlertWatch(db: Queryable): Promise<AlertWatch> {
  const { rows } = await db.query({
    name: "read-alert-watch",
    text: "select body from signalbox.alert_watch",
  });
  return (rows[0] as { body: AlertWatch } | undefined)?.body ?? { watched: {}, progress: {} };
}

/** Keep what this look leaves. */
export async function saveAlertWatch(transaction: Queryable, watch: AlertWatch, atMs: number): Promise<void> {
  await transaction.query({
    name: "save-alert-watch",
    text: `insert into signalbox.alert_watch (at_ms, body) values ($1, $2)
      on conflict (singleton) do update set at_ms = excluded.at_ms, body = excluded.body`,
    values: [atMs, JSON.stringify(watch)],
  });
}
