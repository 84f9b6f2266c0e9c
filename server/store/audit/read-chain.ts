import type { Queryable } from "#db/client.ts";

/** An entry as it is hashed. */
export interface ChainRow {
  seq: number;
  /** Microseconds since 1970. */
  atUs: number;
  actor: string;
  action: string;
  objectKind: string;
  objectId: string;
  reason: string | null;
  /** JSON as Postgres writes it. */
  before: string | null;
  after: string | null;
  prev: Buffer;
  hash: Buffer;
}

type Cells = [
  ...[seq: string, atUs: string, actor: string, action: string, objectKind: string, objectId: string],
  ...[reason: string | null, before: string | null, after: string | null, prev: Buffer, hash: Buffer],
];

/** The next `limit` entries of the chain after number `afterSeq`, in its order. */
export async function readChain(db: Queryable, afterSeq: number, limit: number): Promise<ChainRow[]> {
  const { rows } = await db.query({
    name: "read-chain",
    rowMode: "array",
    text: `select seq, (extract(epoch from at) * 1000000)::bigint, actor, action, object_kind, object_id, reason,
        before::text, after::text, prev, hash
      from signalbox.audit_entries where seq > $1 order by seq limit $2`,
    values: [afterSeq, limit],
  });
  return (rows as Cells[]).map(
    ([seq, atUs, actor, action, objectKind, objectId, reason, before, after, prev, hash]) => ({
      ...{ seq: Number(seq), atUs: Number(atUs), actor, action, objectKind, objectId },
      ...{ reason, before, after, prev, hash },
    }),
  );
}
