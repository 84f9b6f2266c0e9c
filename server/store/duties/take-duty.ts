import type { Queryable } from "#db/client.ts";

/**
 * Take or keep a singleton duty for `ttlMs`: granted when it is free, run out, or already the owner's. Returns the
 * epoch to name in every write of the duty, null when another process holds it. Database time decides.
 */
export async function takeDuty(
  db: Queryable,
  name: string,
  owner: string,
  ttlMs: number,
): Promise<string | null> {
  const { rows } = await db.query({
    name: "take-duty",
    text: `insert into signalbox.duties as d (name, owner, epoch, until)
      values ($1, $2, 1, clock_timestamp() + make_interval(secs => $3 / 1000.0))
      on conflict (name) do update set until = excluded.until, owner = excluded.owner,
        epoch = d.epoch + (d.owner <> excluded.owner)::int
      where d.owner = excluded.owner or d.until < clock_timestamp()
      returning epoch`,
    values: [name, owner, ttlMs],
  });
  return (rows[0] as { epoch: string } | undefined)?.epoch ?? null;
}
