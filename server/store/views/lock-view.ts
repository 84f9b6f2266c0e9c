import type { SavedView } from "#core/query/saved-view.ts";
import type { Queryable } from "#db/client.ts";

/** One view, locked until the transaction ends; null when there is none. */
export async function lockView(transaction: Queryable, id: number): Promise<SavedView | null> {
  const { rows } = await transaction.query({
    text: "select id, owner, name, query, columns, shared from signalbox.saved_views where id = $1 for update",
    values: [id],
  });
  return (rows as SavedView[])[0] ?? null;
}
