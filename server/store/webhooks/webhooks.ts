import type { Queryable } from "#db/client.ts";

/** A webhook as it is shown: its secret never is. */
export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  kinds: string[];
  enabled: boolean;
  version: number;
  createdBy: string;
  createdAtMs: number;
  /** Messages that wait to be sent, counted up to 100. */
  waiting: number;
  /** How the latest message that was dealt with fared; null before the first. */
  last: {
    state: "delivered" | "failed" | "waiting";
    atMs: number;
    status: number | null;
    problem: string | null;
  } | null;
}

const columns = `w.id::text as id, w.name, w.url, w.kinds, w.enabled, w.version, w.created_by as "createdBy",
  w.created_at_ms::float8 as "createdAtMs",
  (select count(*)::int from (select 1 from signalbox.webhook_deliveries d
    where d.webhook_id = w.id and d.state = 'waiting' limit 100) q) as waiting,
  (select jsonb_build_object('state', d.state, 'atMs', coalesce(d.ended_at_ms, d.created_at_ms), 'status', d.status,
      'problem', d.problem)
    from signalbox.webhook_deliveries d where d.webhook_id = w.id and d.sends > 0 order by d.id desc limit 1) as last`;

/** Most webhooks there can be. */
export const mostWebhooks = 50;

/** All webhooks by name. */
export async function listWebhooks(db: Queryable): Promise<WebhookRow[]> {
  const { rows } = await db.query({
    name: "list-webhooks",
    text: `select ${columns} from signalbox.webhooks w order by w.name limit ${mostWebhooks}`,
  });
  return rows as WebhookRow[];
}

/** One webhook, locked against other edits; null when there is none. */
export async function lockWebhook(transaction: Queryable, id: string): Promise<WebhookRow | null> {
  const { rows } = await transaction.query({
    text: `select ${columns} from signalbox.webhooks w where w.id = $1 for update of w`,
    values: [id],
  });
  return (rows[0] as WebhookRow | undefined) ?? null;
}

/** Whether a webhook is called so. */
export async function hasWebhookNamed(db: Queryable, name: string): Promise<boolean> {
  const { rows } = await db.query({
    text: "select 1 from signalbox.webhooks where name = $1",
    values: [name],
  });
  return rows.length === 1;
}

/** What is written of a webhook. */
export interface WebhookWrite {
  name: string;
  url: string;
  kinds: readonly string[];
  enabled: boolean;
}

/** Add a webhook; null when its name is taken or there are as many as there can be. */
export async function insertWebhook(
  transaction: Queryable,
  { name, url, kinds, enabled, secret, createdBy }: WebhookWrite & { secret: string; createdBy: string },
): Promise<string | null> {
  const { rows } = await transaction.query({
    text: `insert into signalbox.webhooks (name, url, kinds, enabled, secret, created_by)
      select $1, $2, $3, $4, $5, $6 where (select count(*) from signalbox.webhooks) < ${mostWebhooks}
      on conflict (name) do nothing returning id::text as id`,
    values: [name, url, kinds, enabled, secret, createdBy],
  });
  return (rows[0] as { id: string } | undefined)?.id ?? null;
}

/** Write a webhook anew, its secret too where one is given; false when the name is another's. */
export async function updateWebhook(
  transaction: Queryable,
  id: string,
  { name, url, kinds, enabled, secret }: WebhookWrite & { secret: string | null },
): Promise<boolean> {
  const { rowCount } = await transaction.query({
    text: `update signalbox.webhooks set name = $2, url = $3, kinds = $4, enabled = $5, secret = coalesce($6, secret),
        version = version + 1
      where id = $1 and not exists (select from signalbox.webhooks where name = $2 and id <> $1)`,
    values: [id, name, url, kinds, enabled, secret],
  });
  return rowCount === 1;
}

/** Remove a webhook with all its messages. */
export async function deleteWebhook(transaction: Queryable, id: string): Promise<void> {
  await transaction.query({ text: "delete from signalbox.webhooks where id = $1", values: [id] });
}
