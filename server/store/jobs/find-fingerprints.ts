import type { Queryable } from "#db/client.ts";

/** Most failure groups that a list is driven by; an error that stands in more of them is looked for in the failures. */
const mostGroups = 100;

/**
 * The failure groups whose errors have one of these names or codes, or hold one of these texts. Null when that cannot be
 * told from the groups: their messages have figures taken out, a new error is a moment ahead of its group, and there may
 * be too many.
 */
export async function findFingerprints(db: Queryable, errors: string[]): Promise<string[] | null> {
  if (errors.some((error) => /[\d'"<>]/.test(error.replace(/^[A-Z][A-Z0-9_]+$/, "")))) return null;
  const { rows } = await db.query({
    name: "find-fingerprints",
    text: `select fingerprint from signalbox.failure_groups g
      where exists (select from unnest($1::text[]) e(word) where lower(e.word) in (lower(g.name), lower(g.code))
        or position(lower(e.word) in lower(g.message)) > 0 or position(lower(e.word) in lower(g.sample->>'message')) > 0)
      limit $2`,
    values: [errors, mostGroups + 1],
  });
  if (rows.length === 0 || rows.length > mostGroups) return null;
  return (rows as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
}
