import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import type { Engine } from "#server/operations/engine.ts";
import { alternatesFirst } from "./alternates-first.ts";
import type { AnyJob } from "./worker/run-attempt.ts";

/** Register definitions as they stand in code: a changed one becomes a new version, the same one stays. */
export async function registerJobs(engine: Engine, jobs: readonly AnyJob[]): Promise<void> {
  for (const { name, body } of alternatesFirst(jobs))
    await putDefinition(engine, { name, body, actor: "sdk" });
  await engine.catalog.check();
}
