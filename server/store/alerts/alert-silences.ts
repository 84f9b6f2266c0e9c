import type { Queryable } from "#db/client.ts";

/** What is silenced: an alert by its key, a kind, an object, or a kind of an object. */
export interface SilenceScope {
  key: string | null;
  kind: string | null;
  objectKind: string | null;
  objectId: string | null;
}

export interface SilenceRow extends SilenceScope {
  id: string;
  reason: string;
  createdBy: string;
  createdAtMs: number;
  untilMs: number;
}

const columns = `id::text as id, key, kind, object_kind as "objectKind", object_id as "objectId", reason,
  created_by as "createdBy", created_at_ms::float8 as "createdAtMs", until_ms::float8 as "untilMs"`;

/** Silences in force, the one that ends first first; 200 at most. */
export async function listSilences(db: Queryable): Promise<SilenceRow[]> {
  const { rows } = await db.query({
    name: "list-silences",
    text: `select ${columns} from signalbox.alert_silences
      where ended_at_ms is null and until_ms > (select signalbox.now_ms()) order by until_ms, id limit 200`,
  });
  return rows as SilenceRow[];
}

/** Silence for `forMs` from now. */
export async function insertSilence(
  transaction: Queryable,
  silence: SilenceScope & { reason: string; createdBy: string; forMs: number },
): Promise<SilenceRow> {
  const { key, kind, objectKind, objectId, reason, createdBy, forMs } = silence;
  const { rows } = await transaction.query({
    text: `insert into signalbox.alert_silences (key, kind, object_kind, object_id, reason, created_by, until_ms)
      values ($1, $2, $3, $4, $5, $6, signalbox.now_ms() + $7) returning ${columns}`,
    values: [key, kind, objectKind, objectId, reason, createdBy, forMs],
  });
  return rows[0] as SilenceRow;
}

/** End a silence before its time; null when it is not in force. */
export async function endSilence(transaction: Queryable, id: string, by: string): Promise<SilenceRow | null> {
  const { rows } = await transaction.query({
    text: `update signalbox.alert_silences set ended_at_ms = signalbox.now_ms(), ended_by = $2
      where id = $1 and ended_at_ms is null and until_ms > signalbox.now_ms() returning ${columns}`,
    values: [id, by],
  });
  return (rows[0] as SilenceRow | undefined) ?? null;
}
