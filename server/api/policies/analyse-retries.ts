import { SignalboxError } from "#core/error.ts";
import { analyseRetries, type RetryAnalysis } from "#core/retry/analyse-retries.ts";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { type SuggestionReport, suggestPolicy } from "#core/retry/suggest-policy.ts";
import { type OutcomeSums, sumOutcomes } from "#server/store/backtest/sum-outcomes.ts";
import type { ApiContext } from "../context.ts";
import { loadRetryRecord, type RetryRecord } from "./load-retry-record.ts";
import { findPolicyView, noSuchPolicy, policyUsers } from "./policy-view.ts";

/** Jobs looked at at most: enough for intervals of a few percent, and read within a blink. */
const mostJobs = 400;
/** The same record always gives the same suggestion. */
const seed = 20_260_102;

/** Whose retries are analysed: those of all definitions that use a policy, or of one definition. */
export type RetrySubject = { name: string } | { definition: string };

/** A policy in force, and the version of it that a suggestion starts from. */
export interface AnalysedPolicy {
  /** null: the definition's own. */
  name: string | null;
  version: number;
  body: RetryPolicy;
  /** Definitions that retry by it, whether or not they are looked at. */
  users: number;
}

export interface RetryAnalysisView extends SuggestionReport {
  fromMs: number;
  toMs: number;
  policy: AnalysedPolicy;
  definitions: string[];
  /** Part of the jobs that failed that was looked at, 0…1; 1: all of them. */
  share: number;
  /** Jobs looked at that tell nothing: changed or retried by hand, or cancelled. */
  leftOut: number;
  analysis: RetryAnalysis;
}

/** What retries came to within the window, and what the record says for changing the policy. Writes nothing. */
export async function analysePolicyRetries(
  ctx: ApiContext,
  input: { of: RetrySubject; windowMs: number },
): Promise<RetryAnalysisView> {
  const { catalog } = ctx.engine;
  const { policy, definitions } = await findSubject(ctx, input.of);
  const lanes = [...catalog.current.lanes.values()]
    .filter((lane) => definitions.includes(lane.definition.name))
    .map((lane) => lane.id);
  const toMs = ctx.engine.clock.nowMs();
  const fromMs = toMs - input.windowMs;
  const [record, outcomes] = await Promise.all([
    loadRetryRecord(ctx, { lanes, fromMs, toMs, policy: policy.body, limit: mostJobs }),
    sumOutcomes(ctx.db, { lanes, fromMs, toMs }),
  ]);
  const { share, firstTry } = scaleOf(record, outcomes);
  const { ended, waiting } = record;
  const analysis = analyseRetries({
    ended,
    waiting,
    firstTry,
    policy: policy.body,
    windowMs: input.windowMs,
    share,
  });
  return {
    fromMs,
    toMs,
    policy,
    definitions,
    share,
    leftOut: record.unusable,
    analysis,
    ...suggestPolicy({ analysis, ended, policy: policy.body, seed }),
  };
}

async function findSubject(
  ctx: ApiContext,
  of: RetrySubject,
): Promise<{ policy: AnalysedPolicy; definitions: string[] }> {
  const catalog = ctx.engine.catalog.current;
  if ("name" in of) {
    const view = await findPolicyView(ctx.db, of.name, null);
    if (view === null) throw noSuchPolicy(of.name);
    const definitions = policyUsers(catalog, of.name).map(({ definition }) => definition);
    const { name, version, policy: body } = view;
    return { policy: { name, version, body, users: definitions.length }, definitions };
  }
  const definition = catalog.definitions.get(of.definition);
  if (definition === undefined)
    throw new SignalboxError(
      "unknown_definition",
      `There is no definition ${of.definition}. It may be mistyped.`,
    );
  const { retryPolicy } = definition.spec;
  if (typeof retryPolicy !== "string") {
    const policy = { name: null, version: definition.version, body: retryPolicy, users: 1 };
    return { policy, definitions: [definition.name] };
  }
  const view = await findPolicyView(ctx.db, retryPolicy, null);
  if (view === null) throw noSuchPolicy(retryPolicy);
  const { name, version, policy: body } = view;
  const users = policyUsers(catalog, retryPolicy).length;
  return { policy: { name, version, body, users }, definitions: [definition.name] };
}

/**
 * The part of all that failed that was looked at, by failures: the counters of the window know how many there were. The
 * jobs that succeeded at once are what else completed.
 */
function scaleOf(
  { complete, ended, waiting }: RetryRecord,
  { completed, failed }: OutcomeSums,
): { share: number; firstTry: number | null } {
  const seen = [...ended.map(({ failures }) => failures), ...waiting].reduce(
    (total, failures) => total + failures.length,
    0,
  );
  const share = complete || seen === 0 ? 1 : Math.min(1, seen / Math.max(failed, seen));
  const recovered = ended.filter(({ succeededAtMs }) => succeededAtMs !== null).length / share;
  return { share, firstTry: completed === 0 ? null : Math.max(0, Math.round(completed - recovered)) };
}
