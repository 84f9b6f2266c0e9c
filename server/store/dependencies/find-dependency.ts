import type { Queryable } from "#db/client.ts";

/** A dependency with its settings as stored and its breaker; without a breaker it is closed and nobody has judged it. */
export interface DependencyRecord {
  id: number;
  name: string;
  /** See core/breaker/breaker-settings.ts. */
  settings: unknown;
  version: number;
  state: "closed" | "open" | "half-open" | "recovering";
  forced: "open" | "closed" | null;
  forcedBy: string | null;
  forcedReason: string | null;
  /** Null: until somebody lets the policy decide again. */
  forcedUntilMs: number | null;
  sinceMs: number | null;
  untilMs: number | null;
  ratePerSecond: number | null;
  multiplier: number;
  slowMs: number | null;
}

/** The columns of a {@link DependencyRecord}, of `dependencies d left join breakers b`. */
export const dependencyColumns = `d.id, d.name, d.settings, d.version, coalesce(b.state, 'closed') as state, b.forced,
  b.forced_by as "forcedBy", b.forced_reason as "forcedReason", b.forced_until_ms::float8 as "forcedUntilMs",
  b.since_ms::float8 as "sinceMs", b.until_ms::float8 as "untilMs",
  b.rate_per_second as "ratePerSecond", coalesce(b.multiplier, 1) as multiplier, b.slow_ms as "slowMs"`;

const joined = "signalbox.dependencies d left join signalbox.breakers b on b.dependency_id = d.id";

/** One dependency by its name; null when no definition has named it. */
export async function findDependency(db: Queryable, name: string): Promise<DependencyRecord | null> {
  const { rows } = await db.query({
    name: "find-dependency",
    text: `select ${dependencyColumns} from ${joined} where d.name = $1`,
    values: [name],
  });
  return (rows[0] as DependencyRecord | undefined) ?? null;
}

/** Dependencies by name, those after `after`. */
export async function listDependencies(
  db: Queryable,
  after: string | null,
  limit: number,
): Promise<DependencyRecord[]> {
  const { rows } = await db.query({
    name: "list-dependencies",
    text: `select ${dependencyColumns} from ${joined} where d.name > coalesce($1, '') order by d.name limit $2`,
    values: [after, limit],
  });
  return rows as DependencyRecord[];
}
