import type { RateLimit } from "#core/flow/token-bucket.ts";
import type { QueueThresholds } from "#core/pressure/queue-thresholds.ts";
import type { Queryable } from "#db/client.ts";

export interface QueueRow {
  id: number;
  name: string;
  pool: string;
  paused: boolean;
  maxRunning: number | null;
  /** Most jobs of one concurrency key at a time. */
  maxRunningPerKey: number | null;
  /** Jobs with a concurrency key are taken in turn from each key. */
  fair: boolean;
  rateLimit: RateLimit | null;
  pausedUntilMs: number | null;
  drainingSinceMs: number | null;
  thresholds: QueueThresholds | null;
  updatedAtMs: number;
}

export interface DefinitionRow {
  id: number;
  name: string;
  version: number;
  paused: boolean;
  queueId: number;
  rank: number;
  /** The body of PUT /definitions as stored; see core/definition/definition.ts. */
  body: unknown;
}

export interface LaneRow {
  id: number;
  queueId: number;
  definitionId: number;
}

export interface DependencyRow {
  id: number;
  name: string;
  /** As stored; see core/breaker/breaker-settings.ts. */
  settings: unknown;
}

export interface CatalogRows {
  version: string;
  queues: QueueRow[];
  definitions: DefinitionRow[];
  lanes: LaneRow[];
  dependencies: DependencyRow[];
  policies: { name: string; version: number; body: unknown }[];
  settings: Record<string, unknown>;
  rules: unknown;
  /** As stored; see core/redaction/redaction-settings.ts. Null: only the built-in set. */
  redaction: unknown;
}

/** Everything the engine keeps in memory, read in one snapshot: as large as the catalogue, not as the backlog. */
export async function loadCatalog(db: Queryable): Promise<CatalogRows> {
  const { rows } = await db.query({
    name: "load-catalog",
    text: `select jsonb_build_object(
      'version', (select version::text from signalbox.catalog),
      'queues', (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'name', name, 'pool', pool, 'paused', paused, 'maxRunning', max_running,
          'maxRunningPerKey', max_running_per_key, 'fair', fair,
          'rateLimit', case when rate_limit_count is not null then
            jsonb_build_object('count', rate_limit_count, 'perMs', rate_limit_per_ms) end,
          'pausedUntilMs', floor(extract(epoch from paused_until) * 1000),
          'drainingSinceMs', floor(extract(epoch from draining_since) * 1000),
          'thresholds', thresholds,
          'updatedAtMs', floor(extract(epoch from updated_at) * 1000))), '[]') from signalbox.queues),
      'definitions', (select coalesce(jsonb_agg(jsonb_build_object(
          'id', d.id, 'name', d.name, 'version', d.version, 'paused', d.paused,
          'queueId', v.queue_id, 'rank', v.class, 'body', v.body)), '[]')
        from signalbox.definitions d join signalbox.definition_versions v on v.definition_id = d.id and v.version = d.version),
      'lanes', (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'queueId', queue_id, 'definitionId', definition_id)), '[]') from signalbox.lanes),
      'dependencies', (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'name', name, 'settings', settings)), '[]') from signalbox.dependencies),
      'policies', (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'version', version, 'body', body)), '[]')
        from (select distinct on (name) name, version, body from signalbox.retry_policies order by name, version desc) p),
      'settings', (select coalesce(jsonb_object_agg(key, value), '{}') from signalbox.settings),
      'rules', (select rules from signalbox.rule_versions order by version desc limit 1),
      'redaction', (select settings from signalbox.redaction_versions order by version desc limit 1)
    ) as catalog`,
  });
  return (rows[0] as { catalog: CatalogRows }).catalog;
}
