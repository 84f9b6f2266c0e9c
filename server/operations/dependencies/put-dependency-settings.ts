import { type BreakerSettings, breakerSettingsSchema } from "#core/breaker/breaker-settings.ts";
import { canonicalJson } from "#core/definition/canonical-json.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import type { Queryable } from "#db/client.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findDependency } from "#server/store/dependencies/find-dependency.ts";
import { updateDependencySettings } from "#server/store/dependencies/update-dependency-settings.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";
import { noSuchDependency } from "./no-such-dependency.ts";

export interface PutDependencySettings {
  name: string;
  /**
   * What changes, not yet checked against {@link breakerSettingsSchema}: what is absent stays, within `probes`,
   * `retryBudget` and `multiplier` too; null takes the default back.
   */
  settings: unknown;
  /** The version that was read; without it whatever stands is changed. */
  expectedVersion?: number;
  actor: string;
  reason: string | null;
}

export interface PutSettings {
  version: number;
  settings: BreakerSettings;
  /** False: they say the same as before, and nothing was written. */
  changed: boolean;
}

/**
 * Change how a dependency is guarded; acts on the next look of its breaker and on the next claim. Throws `not_found` with
 * the nearest names, `validation` by field, and `version_conflict` when somebody else changed it meanwhile.
 */
export function putDependencySettings(engine: Engine, put: PutDependencySettings): Promise<PutSettings> {
  return editCatalog(engine, async (transaction) => {
    const result = await writeDependencySettings(engine, transaction, put);
    return { changed: result.changed, result };
  });
}

/** The same within a transaction that edits the catalogue and does more. */
export async function writeDependencySettings(
  engine: Engine,
  transaction: Queryable,
  { name, settings, expectedVersion, actor, reason }: PutDependencySettings,
): Promise<PutSettings> {
  const found = await findDependency(transaction, name);
  if (found === null) throw noSuchDependency(name, engine.catalog.current.dependencies.keys());
  if (expectedVersion !== undefined && expectedVersion !== found.version)
    throw stale(name, expectedVersion, found.version);
  // Stored ones of another version that cannot be read are in force as the defaults: the change is put on those.
  const before = breakerSettingsSchema.safeParse(found.settings).data ?? breakerSettingsSchema.parse({});
  const parsed = breakerSettingsSchema.safeParse(merged(before, settings));
  if (!parsed.success) throw validationError(parsed.error, `the settings of dependency ${name}`);
  const after = parsed.data;
  if (canonicalJson(before) === canonicalJson(after))
    return { version: found.version, settings: after, changed: false };
  await updateDependencySettings(transaction, found.id, after);
  await insertAuditEntry(transaction, {
    actor,
    action: "dependency.put",
    objectKind: "dependency",
    objectId: name,
    reason,
    before,
    after,
  });
  return { version: found.version + 1, settings: after, changed: true };
}

/** The settings with a change on them, still unchecked; entries by name, so that a key like __proto__ stays a key. */
function merged(before: unknown, change: unknown, isTop = true): unknown {
  if (!isRecord(before) || !isRecord(change)) return change;
  const entries = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(change)) {
    // A rate is one thing: half of one and half of another would be a third.
    if (key === "rateLimit") entries.set(key, value);
    else if (value === null) entries.delete(key);
    else entries.set(key, isTop ? merged(entries.get(key), value, false) : value);
  }
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stale(name: string, expected: number, current: number): SignalboxError {
  return new SignalboxError(
    "version_conflict",
    `the settings of dependency ${name} are at version ${current}, not at version ${expected}: nothing was written; read them again and decide on those`,
    { errors: [{ path: "/expectedVersion", message: `is stale: the newest version is ${current}` }] },
  );
}
