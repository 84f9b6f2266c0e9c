import { checkFallback, type FallbackCheck } from "#core/definition/check-fallback.ts";
import { type DefinitionSpec, definitionSchema, putDefinitionSchema } from "#core/definition/definition.ts";
import { sameDefinition } from "#core/definition/definition-diff.ts";
import { alternateOf } from "#core/definition/fallback.ts";
import { nameSchema } from "#core/definition/name.ts";
import { incompatibleChanges } from "#core/definition/schema-change.ts";
import { type FieldError, SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import type { Queryable } from "#db/client.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findDefinition } from "#server/store/definitions/find-definition.ts";
import { insertDefinitionVersion } from "#server/store/definitions/insert-definition-version.ts";
import { ensureDependencies } from "#server/store/dependencies/ensure-dependencies.ts";
import { findPolicy } from "#server/store/policies/find-policy.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";
import { brokenSchema } from "../jobs/schema-validator.ts";

export interface PutDefinition {
  name: string;
  /** The body of PUT /definitions/{name}, not yet checked. */
  body: unknown;
  actor: string;
  /** Kept in the audit trail. */
  reason?: string | null;
}

export interface PutDefinitionResult {
  name: string;
  version: number;
  /** False: the newest version says the same, and nothing was written. */
  created: boolean;
  spec: DefinitionSpec;
  /** What is to be known of what was written, plain sentences; most have none. */
  warnings: string[];
}

/**
 * Write a definition: a new immutable version, or the version there is when nothing changed. Throws `validation`,
 * `version_conflict` when `expectedVersion` is not the newest (0: there is none yet), and `conflict` with the places where
 * the input schema may refuse payloads that the newest version accepts, unless the body says `force`.
 */
export async function putDefinition(engine: Engine, put: PutDefinition): Promise<PutDefinitionResult> {
  const name = nameSchema.safeParse(put.name);
  if (!name.success)
    throw new SignalboxError("validation", `the name of a definition ${name.error.issues[0]?.message}`);
  const parsed = putDefinitionSchema.safeParse(put.body);
  if (!parsed.success) throw validationError(parsed.error, `the definition ${put.name}`);
  const { expectedVersion, force = false, ...spec } = parsed.data;
  refuse(put.name, brokenSchemas(spec));
  const known = await newest(engine.pool, put.name);
  if (known && unchanged(known, spec, expectedVersion))
    return { name: put.name, version: known.version, created: false, spec, warnings: [] };
  return editCatalog<PutDefinitionResult>(engine, async (transaction) => {
    const before = await newest(transaction, put.name);
    const current = before?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== current)
      throw stale(put.name, expectedVersion, current);
    if (before && unchanged(before, spec, expectedVersion))
      return {
        changed: false,
        result: { name: put.name, version: current, created: false, spec, warnings: [] },
      };
    refuse(put.name, await unknownPolicy(transaction, spec));
    const { errors, warnings } = await lookAtFallback(transaction, put.name, spec);
    refuse(put.name, errors);
    if (!force && before?.spec) refuseNarrowing(put.name, before.spec, spec);
    const version = current + 1;
    await ensureDependencies(transaction, spec.dependencies ?? []);
    await insertDefinitionVersion(transaction, { name: put.name, version, spec, createdBy: put.actor });
    await insertAuditEntry(transaction, {
      actor: put.actor,
      action: "definition.put",
      objectKind: "definition",
      objectId: put.name,
      reason: put.reason,
      before: before === null ? undefined : { version: current },
      after: { version, ...spec },
    });
    return { changed: true, result: { name: put.name, version, created: true, spec, warnings } };
  });
}

type Newest = { version: number; spec: DefinitionSpec | null };

async function newest(db: Queryable, name: string): Promise<Newest | null> {
  const row = await findDefinition(db, name, null);
  if (row === null) return null;
  const parsed = definitionSchema.safeParse(row.body);
  return { version: row.version, spec: parsed.success ? parsed.data : null };
}

function unchanged(known: Newest, spec: DefinitionSpec, expectedVersion: number | undefined): boolean {
  if (expectedVersion !== undefined && expectedVersion !== known.version) return false;
  return known.spec !== null && sameDefinition(known.spec, spec);
}

function brokenSchemas(spec: DefinitionSpec): FieldError[] {
  return (["inputSchema", "outputSchema"] as const).flatMap((key) => {
    const schema = spec[key];
    if (schema === undefined) return [];
    const isAsync = typeof schema === "object" && schema.$async !== undefined;
    const message = isAsync ? "$async is no part of JSON Schema: remove it" : brokenSchema(schema);
    return message === null ? [] : [{ path: `/${key}`, message: `is not a usable JSON Schema: ${message}` }];
  });
}

async function unknownPolicy(db: Queryable, { retryPolicy }: DefinitionSpec): Promise<FieldError[]> {
  if (typeof retryPolicy !== "string" || retryPolicy === "default") return [];
  if ((await findPolicy(db, retryPolicy, null)) !== null) return [];
  return [
    {
      path: "/retryPolicy",
      message: `there is no policy ${retryPolicy}: write it by PUT /policies/${retryPolicy} first`,
    },
  ];
}

/** Longest chain of fallbacks that is followed. */
const longestChain = 20;

/** The check of a fallback, with the definitions that its chain leads to. The caller holds the catalogue's lock. */
async function lookAtFallback(db: Queryable, name: string, spec: DefinitionSpec): Promise<FallbackCheck> {
  const known = new Map<string, DefinitionSpec | null>();
  for (let next = alternateOf(spec); next !== null && known.size < longestChain && !known.has(next); ) {
    const found = (await newest(db, next))?.spec ?? null;
    known.set(next, found);
    next = alternateOf(found ?? {});
  }
  return checkFallback(name, spec, known);
}

function refuse(name: string, errors: FieldError[]): void {
  if (errors.length === 0) return;
  const places = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new SignalboxError("validation", `the definition ${name} is not valid: ${places}`, { errors });
}

function refuseNarrowing(name: string, before: DefinitionSpec, after: DefinitionSpec): void {
  const changes = incompatibleChanges(before.inputSchema, after.inputSchema);
  if (changes.length === 0) return;
  const places = changes.map(({ path, message }) => `${path || "the payload"} ${message}`).join("; ");
  throw new SignalboxError(
    "conflict",
    `the new input schema of ${name} may refuse payloads that producers send now: ${places}. Nothing was written; force it when they are ready (force over HTTP, forceSchema in code)`,
    { errors: changes.map(({ path, message }) => ({ path: `/inputSchema${path}`, message })) },
  );
}

function stale(name: string, expected: number, current: number): SignalboxError {
  const stands = current === 0 ? "does not exist yet" : `is at version ${current}`;
  return new SignalboxError(
    "version_conflict",
    `definition ${name} ${stands}, not at version ${expected}: nothing was written; read it again and decide on that`,
    { errors: [{ path: "/expectedVersion", message: `is stale: the newest version is ${current}` }] },
  );
}
