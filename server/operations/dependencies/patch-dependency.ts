import { z } from "zod";
import { storableText } from "#core/definition/storable-text.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";
import { type ForceBreaker, forcedForSchema, tellForced, writeForced } from "./force-breaker.ts";
import { writeDependencySettings } from "./put-dependency-settings.ts";

/**
 * The body of PATCH /dependencies/{name}: what is absent stays. `settings` as core/breaker/breaker-settings.ts has them,
 * null taking a default back; `forced` open, closed, or null to let the policy decide, with a `reason`; `forcedForMs` is how
 * long that counts, from a minute to a week, absent until somebody lets the policy decide.
 */
export const patchDependencySchema = z.strictObject({
  settings: z
    .record(z.string(), z.unknown())
    .describe("What changes of the settings: what is absent stays, null takes the default back")
    .optional(),
  forced: z.enum(["open", "closed"]).nullable().optional(),
  forcedForMs: forcedForSchema.nullable().optional(),
  expectedVersion: z.int().min(1).optional(),
  reason: storableText(1, 500).optional(),
});

/**
 * Change the settings of a dependency, force its breaker, or both in one transaction. Throws as
 * `putDependencySettings` and `forceBreaker` do, and then nothing is changed. Returns what is most likely not meant.
 */
export async function patchDependency(
  engine: Engine,
  { name, body, actor }: { name: string; body: unknown; actor: string },
): Promise<{ warning: string | null }> {
  const parsed = patchDependencySchema.safeParse(body);
  if (!parsed.success) throw validationError(parsed.error, `the change of dependency ${name}`);
  const { settings = {}, forced, forcedForMs = null, expectedVersion, reason } = parsed.data;
  if (forcedForMs !== null && (forced ?? null) === null) {
    const message = "goes with forced open or closed";
    throw new SignalboxError("validation", `forcedForMs ${message}; nothing was changed`, {
      errors: [{ path: "/forcedForMs", message }],
    });
  }
  if (forced !== undefined && reason === undefined) {
    const message = "goes with forced: say why, it is kept in the audit trail";
    throw new SignalboxError("validation", `reason ${message}; nothing was changed`, {
      errors: [{ path: "/reason", message }],
    });
  }
  const put = { name, settings, expectedVersion, actor, reason: reason ?? null };
  const force: ForceBreaker | null =
    forced === undefined ? null : { name, forced, forMs: forcedForMs, reason: reason ?? "", actor };
  const isForced = await editCatalog(engine, async (transaction) => {
    const { changed } = await writeDependencySettings(engine, transaction, put).catch(intoSettings);
    return { changed, result: force !== null && (await writeForced(engine, transaction, force)) };
  });
  return force === null ? { warning: null } : tellForced(engine, force, isForced);
}

/** Places of wrong settings are told as places in the body. */
function intoSettings(error: unknown): never {
  if (error instanceof SignalboxError && error.code === "validation") {
    const errors = error.errors.map(({ path, message }) => ({ path: `/settings${path}`, message }));
    throw new SignalboxError("validation", error.message, { errors, cause: error });
  }
  throw error;
}
