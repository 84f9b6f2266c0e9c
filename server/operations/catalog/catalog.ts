import { type BreakerSettings, breakerSettingsSchema } from "#core/breaker/breaker-settings.ts";
import { type DefinitionSpec, definitionSchema } from "#core/definition/definition.ts";
import { cachedForMs } from "#core/definition/fallback.ts";
import { type FailureRule, failureRulesSchema } from "#core/failure/failure-rule.ts";
import {
  defaultPrioritySettings,
  type PrioritySettings,
  prioritySettingsSchema,
} from "#core/priority/priority-settings.ts";
import { defaultRedactionSettings, redactionSettingsSchema } from "#core/redaction/redaction-settings.ts";
import { Redactor } from "#core/redaction/redactor.ts";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import { type RetryPolicy, retryPolicySchema } from "#core/retry/retry-policy.ts";
import type { CatalogRows, DependencyRow, QueueRow } from "#server/store/catalog/load-catalog.ts";

export interface CatalogDefinition {
  id: number;
  name: string;
  version: number;
  paused: boolean;
  queueId: number;
  spec: DefinitionSpec;
}

export interface Lane {
  id: number;
  queue: QueueRow;
  definition: CatalogDefinition;
  /** What the definition calls; empty for most. */
  dependencies: readonly CatalogDependency[];
}

/** A dependency with its settings as they are edited. */
export interface CatalogDependency {
  id: number;
  name: string;
  settings: BreakerSettings;
}

/** What the engine knows of definitions, queues, lanes, policies and settings: one immutable snapshot of them. */
export class Catalog {
  readonly version: string;
  readonly queues: ReadonlyMap<string, QueueRow>;
  readonly definitions: ReadonlyMap<string, CatalogDefinition>;
  readonly lanes: ReadonlyMap<number, Lane>;
  readonly dependencies: ReadonlyMap<string, CatalogDependency>;
  /** Lanes whose completed jobs may answer others of the same payload, with how long, ms. */
  readonly cachedForMs: ReadonlyMap<number, number>;
  readonly priority: PrioritySettings;
  readonly rules: FailureRule[];
  readonly redactor: Redactor;
  readonly #policies: ReadonlyMap<string, RetryPolicy>;
  readonly #laneIds: ReadonlyMap<string, number>;

  constructor(rows: CatalogRows) {
    const queuesById = new Map(rows.queues.map((queue) => [queue.id, queue]));
    const definitions = rows.definitions.map((row): CatalogDefinition => {
      const { id, name, version, paused, queueId } = row;
      return { id, name, version, paused, queueId, spec: definitionSchema.parse(row.body) };
    });
    const definitionsById = new Map(definitions.map((definition) => [definition.id, definition]));
    this.dependencies = new Map(rows.dependencies.map((row) => [row.name, toDependency(row)]));
    const lanes = new Map<number, Lane>();
    for (const row of rows.lanes) {
      const queue = queuesById.get(row.queueId);
      const definition = definitionsById.get(row.definitionId);
      if (!queue || !definition) continue;
      const names = definition.spec.dependencies ?? [];
      const needed = names.flatMap((name) => this.dependencies.get(name) ?? []);
      lanes.set(row.id, { id: row.id, queue, definition, dependencies: needed });
    }
    this.version = rows.version;
    this.queues = new Map(rows.queues.map((queue) => [queue.name, queue]));
    this.definitions = new Map(definitions.map((definition) => [definition.name, definition]));
    this.lanes = lanes;
    this.cachedForMs = new Map(
      [...lanes.values()].flatMap(({ id, definition }) => {
        const maxAgeMs = cachedForMs(definition.spec);
        return maxAgeMs === null ? [] : [[id, maxAgeMs] as const];
      }),
    );
    this.#laneIds = new Map(rows.lanes.map((lane) => [`${lane.queueId} ${lane.definitionId}`, lane.id]));
    this.#policies = new Map(
      rows.policies.map((policy) => [policy.name, retryPolicySchema.parse(policy.body)]),
    );
    const priority = prioritySettingsSchema.safeParse(rows.settings.priority);
    this.priority = priority.success ? priority.data : defaultPrioritySettings;
    const rules = failureRulesSchema.safeParse(rows.rules ?? []);
    this.rules = rules.success ? rules.data : [];
    const redaction = redactionSettingsSchema.safeParse(rows.redaction ?? {});
    this.redactor = new Redactor(redaction.success ? redaction.data : defaultRedactionSettings);
  }

  /** The lane of a definition in its own queue; every stored definition has one. */
  laneOf(definition: CatalogDefinition): number | undefined {
    return this.#laneIds.get(`${definition.queueId} ${definition.id}`);
  }

  /** The policy a definition retries by: its own, or the newest version of the one it names, or the default. */
  policyOf(spec: DefinitionSpec): RetryPolicy {
    if (typeof spec.retryPolicy !== "string") return spec.retryPolicy;
    return this.#policies.get(spec.retryPolicy) ?? defaultRetryPolicy;
  }

  /** Names of the policies there are; `default` always is. */
  policyNames(): string[] {
    return [...new Set(["default", ...this.#policies.keys()])];
  }

  /** Whether there is a policy of that name; `default` always is. */
  hasPolicy(name: string): boolean {
    return name === "default" || this.#policies.has(name);
  }
}

/** Settings that cannot be read, of another version perhaps, are the defaults: a breaker that is not understood may not fail a claim. */
function toDependency({ id, name, settings }: DependencyRow): CatalogDependency {
  const parsed = breakerSettingsSchema.safeParse(settings);
  return { id, name, settings: parsed.success ? parsed.data : breakerSettingsSchema.parse({}) };
}
