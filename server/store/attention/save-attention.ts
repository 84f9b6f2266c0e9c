import type { Queryable } from "#db/client.ts";

/** Keep the latest assessment; `body` is JSON. */
export async function saveAttention(transaction: Queryable, atMs: number, body: unknown): Promise<void> {
  await transaction.query({
    name: "save-attention",
    text: `insert into signalbox.attention (at_ms, body) values ($1, $2)
      on conflict (singleton) do update set at_ms = excluded.at_ms, body = excluded.body`,
    values: [atMs, JSON.stringify(body)],
  });
}
