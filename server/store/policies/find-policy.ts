import type { Queryable } from "#db/client.ts";

/** A retry policy at one of its versions. */
export interface PolicyRecord {
  name: string;
  version: number;
  latestVersion: number;
  /** As stored; see core/retry/retry-policy.ts. */
  body: unknown;
  createdAt: Date;
  createdBy: string;
}

const columns = `name, version, body, created_at as "createdAt", created_by as "createdBy"`;

/** A policy by name, at its newest version or the one asked for; null when there is none stored. */
export async function findPolicy(
  db: Queryable,
  name: string,
  version: number | null,
): Promise<PolicyRecord | null> {
  const { rows } = await db.query({
    text: `select ${columns}, (select max(version) from signalbox.retry_policies where name = $1) as "latestVersion"
      from signalbox.retry_policies where name = $1 and ($2::int is null or version = $2) order by version desc limit 1`,
    values: [name, version],
  });
  return (rows[0] as PolicyRecord | undefined) ?? null;
}

/** Policies at their newest versions by name, after `afterName`; null starts at the first. */
export async function listPolicies(
  db: Queryable,
  afterName: string | null,
  limit: number,
): Promise<PolicyRecord[]> {
  const { rows } = await db.query({
    text: `select distinct on (name) ${columns}, version as "latestVersion" from signalbox.retry_policies
      where name > coalesce($1, '') order by name, version desc limit $2`,
    values: [afterName, limit],
  });
  return rows as PolicyRecord[];
}
