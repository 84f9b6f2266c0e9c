import type { SavedView } from "#core/query/saved-view.ts";
import type { Queryable } from "#db/client.ts";

/** A person's own views and those that others share, at most 200, by name; and the one that is pinned. */
export async function listViews(
  db: Queryable,
  owner: string,
): Promise<{ views: SavedView[]; pinnedId: number | null }> {
  const [views, pin] = await Promise.all([
    db.query({
      name: "list-views",
      text: `select id, owner, name, query, columns, shared from (
          (select * from signalbox.saved_views where owner = $1 order by name limit 100)
          union all
          (select * from signalbox.saved_views where shared and owner <> $1 order by name, id limit 100)) v order by name, id`,
      values: [owner],
    }),
    db.query({
      name: "find-pinned-view",
      text: "select view_id as id from signalbox.saved_view_pins where owner = $1",
      values: [owner],
    }),
  ]);
  const [pinned] = pin.rows as { id: number }[];
  return { views: views.rows as SavedView[], pinnedId: pinned?.id ?? null };
}
