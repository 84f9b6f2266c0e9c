import type { Queryable } from "#db/client.ts";

/** On it every process hears at commit that a level, a deferral or a guard changed. */
export const pressureChannel = "signalbox_pressure";

/** Keep a part of what is known of the pressure; with `tell` every process reads it at once instead of within a second. */
export async function savePressure(
  transaction: Queryable,
  part: "levels" | "storage",
  kept: { atMs: number; body: unknown; tell: boolean },
): Promise<void> {
  await transaction.query({
    name: "save-pressure",
    text: `with saved as (
        insert into signalbox.pressure (part, at_ms, body) values ($1, $2, $3)
        on conflict (part) do update set at_ms = excluded.at_ms, body = excluded.body)
      select case when $4 then pg_notify('${pressureChannel}', '') end`,
    values: [part, Math.floor(kept.atMs), JSON.stringify(kept.body), kept.tell],
  });
}
