import { SignalboxError } from "#core/error.ts";
import { findDefinitionVersion } from "#server/store/jobs/find-definition-version.ts";
import type { ApiContext } from "../context.ts";

/**
 * The JSON Schema that a job's payload is held to, as JSON text (its keys can be anything), with the definition's version.
 * Throws `not_found`.
 */
export async function findInputSchema(
  { db, engine }: ApiContext,
  jobId: string,
): Promise<{ schema: string; version: number }> {
  const found = await findDefinitionVersion(db, jobId);
  const definitions = [...engine.catalog.current.definitions.values()];
  const definition = found && definitions.find(({ id }) => id === found.definitionId);
  if (!found || !definition) throw new SignalboxError("not_found", `There is no job ${jobId}.`);
  const spec = await engine.catalog.specOf(definition, found.version);
  return { schema: JSON.stringify(spec.inputSchema), version: found.version };
}
