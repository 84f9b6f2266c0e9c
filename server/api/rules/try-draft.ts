import { SignalboxError } from "#core/error.ts";
import type { FailureReport } from "#core/failure/failure-report.ts";
import { failureRulesSchema } from "#core/failure/failure-rule.ts";
import { findShadowedRules, type ShadowedRule } from "#core/failure/find-shadowed-rules.ts";
import { type RuleTrial, tryRules } from "#core/failure/try-rules.ts";
import { validationError } from "#core/validation-error.ts";
import { listRecentFailures } from "#server/store/failures/list-recent-failures.ts";
import type { ApiContext } from "../context.ts";

/** How many recorded failures a draft is tried against. */
export const triedFailures = 1_000;

/**
 * Try a draft of the operators' rules against the newest failures: what would change, and which rules never decide.
 * Throws `validation` for a draft that could not be saved.
 */
export async function tryDraft(
  ctx: ApiContext,
  draft: unknown,
): Promise<RuleTrial & { shadowed: ShadowedRule[] }> {
  const parsed = failureRulesSchema.safeParse(draft);
  if (!parsed.success) throw validationError(parsed.error, "the list of rules");
  const catalog = ctx.engine.catalog.current;
  const recent = await listRecentFailures(ctx.db, triedFailures);
  const failures = recent.map(({ lane, error, jobId, attempt, fingerprint }) => {
    const definition = catalog.lanes.get(lane)?.definition;
    const known = definition?.spec.dependencies ?? [];
    const report = readReport(error);
    // As settling does: a job with a single dependency was calling that one.
    const dependency = report.dependency ?? (known.length === 1 ? (known[0] ?? null) : null);
    return {
      ...{ jobId, attempt, fingerprint, dependency, report },
      definition: definition?.name ?? "",
      knownDependencies: known,
    };
  });
  return {
    ...tryRules(failures, catalog.rules, parsed.data),
    shadowed: findShadowedRules(parsed.data),
  };
}

function readReport(error: string): FailureReport {
  try {
    return JSON.parse(error) as FailureReport;
  } catch (cause) {
    throw new SignalboxError("internal", "A stored failure could not be read.", { cause });
  }
}
