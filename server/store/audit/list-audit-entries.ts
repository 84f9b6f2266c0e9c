import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { Queryable } from "#db/client.ts";
import { type AuditEntry, auditColumns } from "./audit-entry.ts";

/** What a list of entries is narrowed to; all of what is given holds. */
export interface AuditFilter {
  actor?: string;
  action?: string;
  objectKind?: string;
  /** With its kind. */
  objectId?: string;
  sinceMs?: number;
  untilMs?: number;
  /** A part of the reason, in any case. */
  q?: string;
}

export interface AuditPage {
  entries: AuditEntry[];
  /** Null at the end. A page may be short and still have one: each call looks at a bounded number of entries. */
  nextCursor: string | null;
}

const positionSchema = z.tuple([z.number().int().min(1)]);
/** What the indexes on entries begin with, the narrowest first; each ends with the number. */
const indexes = [["object_kind", "object_id"], ["actor"], ["action"], ["object_kind"]];
/** Entries read from one index at a time, and looked at in one call. */
const stretch = 1_000;
const maxExamined = 20_000;

/**
 * Entries newest first, a page at a time. One of the conditions walks an index; the others, and the words in the
 * reason, are checked on what it gives, of which one call looks at 20,000 at most. Throws `bad_cursor`.
 */
export async function listAuditEntries(
  db: Queryable,
  filter: AuditFilter,
  options: { limit: number; cursor?: string | null },
): Promise<AuditPage> {
  const { limit, cursor } = options;
  let before = cursor ? decodeCursor(cursor, positionSchema)[0] : null;
  const entries: AuditEntry[] = [];
  for (let examined = 0; examined < maxExamined; examined += stretch) {
    const wanted = limit + 1 - entries.length;
    const found = await readStretch(db, filter, before, wanted);
    entries.push(...found.entries);
    if (entries.length > limit) {
      const page = entries.slice(0, limit);
      return { entries: page, nextCursor: encodeCursor([page.at(-1)?.seq]) };
    }
    if (found.lowest === null) return { entries, nextCursor: null };
    before = found.lowest;
  }
  return { entries, nextCursor: before === null ? null : encodeCursor([before]) };
}

/** The wanted entries in the next stretch below `before`; `lowest` is the end of it, null when nothing is left. */
async function readStretch(
  db: Queryable,
  filter: AuditFilter,
  before: number | null,
  wanted: number,
): Promise<{ entries: AuditEntry[]; lowest: number | null }> {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const { walked, order, checked } = conditions(filter, before, put);
  const { rows } = await db.query({
    text: `with walked as materialized (
        select * from signalbox.audit_entries where ${walked} order by ${order} limit ${stretch})
      select (select case when count(*) = ${stretch} then min(seq)::float8 end from walked) as lowest,
        coalesce((select jsonb_agg(to_jsonb(e) order by e.seq desc) from (
          select ${auditColumns}, before, after from walked ${checked} order by seq desc limit ${put(wanted)}) e), '[]') as entries`,
    values,
  });
  return rows[0] as { entries: AuditEntry[]; lowest: number | null };
}

/**
 * The span of one index to walk, from its end, and what is to be checked of what it gives. Row comparisons leave the
 * planner no way but that index: of a name that never comes it would otherwise read all entries by number.
 */
function conditions(filter: AuditFilter, before: number | null, put: (value: unknown) => string) {
  const { actor, action, objectKind, objectId, sinceMs, untilMs, q } = filter;
  const given = Object.entries({ object_kind: objectKind, object_id: objectId, actor, action }).filter(
    (each): each is [string, string] => each[1] !== undefined,
  );
  const keys =
    indexes.find((index) => index.every((column) => given.some(([name]) => name === column))) ?? [];
  const bounds = given.filter(([name]) => keys.includes(name)).map(([, value]) => put(value));
  const row = (...last: string[]) => `(${[...bounds, ...last].join(", ")})`;
  const place = `(${[...keys, "seq"].join(", ")})`;
  const instant = (ms: number) => `timestamptz 'epoch' + ${put(ms)}::float8 * interval '1 millisecond'`;
  const beyondAll = "9223372036854775807";
  // Times rise with the numbers, so a span of time is a span of numbers.
  const above =
    sinceMs === undefined
      ? "0"
      : `coalesce((select seq - 1 from signalbox.audit_entries where at >= ${instant(sinceMs)} order by at, seq limit 1), ${beyondAll})`;
  const until =
    untilMs === undefined
      ? beyondAll
      : `coalesce((select seq + 1 from signalbox.audit_entries where at <= ${instant(untilMs)} order by at desc, seq desc limit 1), 0)`;
  const below = before === null ? until : `least(${until}, ${put(before)}::bigint)`;
  const checked = given
    .filter(([name]) => !keys.includes(name))
    .map(([name, value]) => `${name} = ${put(value)}`);
  if (q !== undefined) checked.push(`strpos(lower(reason), lower(${put(q)})) > 0`);
  return {
    walked: `${place} > ${row(above)} and ${place} < ${row(below)}`,
    order: [...keys, "seq"].map((column) => `${column} desc`).join(", "),
    checked: checked.length > 0 ? `where ${checked.join(" and ")}` : "",
  };
}
