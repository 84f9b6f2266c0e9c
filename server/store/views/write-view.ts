import type { SavedView } from "#core/query/saved-view.ts";
import type { Queryable } from "#db/client.ts";

/** Insert a view. Null when its owner has one of that name. */
export async function insertView(
  transaction: Queryable,
  view: Omit<SavedView, "id">,
): Promise<number | null> {
  const { rows } = await transaction.query({
    text: `insert into signalbox.saved_views (owner, name, query, columns, shared) values ($1, $2, $3, $4, $5)
      on conflict (owner, name) do nothing returning id`,
    values: [view.owner, view.name, view.query, view.columns, view.shared],
  });
  return (rows as { id: number }[])[0]?.id ?? null;
}

/** Change a view. False when its owner has another of that name. */
export async function updateView(transaction: Queryable, view: SavedView): Promise<boolean> {
  const { rowCount } = await transaction.query({
    text: `update signalbox.saved_views v set name = $3, query = $4, columns = $5, shared = $6, updated_at = clock_timestamp()
      where id = $1 and not exists (
        select from signalbox.saved_views o where o.owner = $2 and o.name = $3 and o.id <> $1)`,
    values: [view.id, view.owner, view.name, view.query, view.columns, view.shared],
  });
  return rowCount === 1;
}

/** Delete a view, and with it its pins. */
export async function deleteViewRow(transaction: Queryable, id: number): Promise<void> {
  await transaction.query({ text: "delete from signalbox.saved_views where id = $1", values: [id] });
}

/** Make a view the one that a person's list begins with; null takes the pin off. */
export async function pinViewRow(
  transaction: Queryable,
  owner: string,
  viewId: number | null,
): Promise<void> {
  await transaction.query(
    viewId === null
      ? { text: "delete from signalbox.saved_view_pins where owner = $1", values: [owner] }
      : {
          text: `insert into signalbox.saved_view_pins (owner, view_id) values ($1, $2)
            on conflict (owner) do update set view_id = excluded.view_id`,
          values: [owner, viewId],
        },
  );
}
