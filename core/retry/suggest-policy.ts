import type { FailureClass } from "../failure/failure-class.ts";
import type { RetryAnalysis } from "./analyse-retries.ts";
import type { RecordedJob } from "./backtest-policy.ts";
import { classRule, defaultClassRules } from "./class-rule.ts";
import { compareReplays, type PolicyEffect, replayJobs } from "./compare-replays.ts";
import type { ChangedPolicy, PolicyChange } from "./policy-change.ts";
import type { RetryOdds } from "./retry-odds.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { suggestFewerAttempts, suggestMoreAttempts } from "./suggest-attempts.ts";
import { suggestClassLimit } from "./suggest-class-limits.ts";
import { suggestLonger } from "./suggest-longer.ts";

/** A policy that the record speaks for, why, and what it would have done to the jobs it was tried on. */
export interface PolicySuggestion {
  policy: RetryPolicy;
  changes: PolicyChange[];
  effect: PolicyEffect;
}

export interface SuggestionReport {
  /** null: nothing is worth changing, or nothing is known well enough. */
  suggestion: PolicySuggestion | null;
  /** Classes that are retried and were left as they are, because too little is known of their retries. */
  tooLittle: { failureClass: FailureClass; tried: number }[];
}

/** Jobs each candidate is tried on at most. */
const triedOn = 300;
/** Retries of a class, below which nothing is said of it. */
const leastTried = 30;
/** A change may lose this share of the jobs at most, and must save this share of the attempts or recover a job. */
const mostLost = 0.005;
const leastSpared = 0.01;

/**
 * The policy in force with the changes that the record of its jobs speaks for: futile classes are limited, a policy that
 * gives up before the trouble ends gets more patience, one whose last attempts still succeed gets more of
 * them, one whose last attempts save nothing gets fewer. Every change must stand the backtest too: it loses next to no job,
 * and recovers some or spares attempts. The same record and seed give the same suggestion.
 */
export function suggestPolicy(input: {
  analysis: RetryAnalysis;
  ended: readonly RecordedJob[];
  policy: RetryPolicy;
  seed: number;
}): SuggestionReport {
  const { analysis, ended, seed } = input;
  const jobs = thin(ended, triedOn);
  let { policy } = input;
  const inForce = replayJobs(jobs, policy, seed);
  let replays = inForce;
  const changes: PolicyChange[] = [];
  const adopt = (candidate: ChangedPolicy | null): boolean => {
    if (candidate === null) return false;
    const changed = replayJobs(jobs, candidate.policy, seed);
    if (!isBetter(compareReplays(replays, changed), candidate.change)) return false;
    ({ policy } = candidate);
    replays = changed;
    changes.push(candidate.change);
    return true;
  };
  const known = analysis.classes.filter(({ tried }) => tried >= leastTried);
  const limited = new Set<FailureClass>();
  const limit = (odds: RetryOdds) => {
    if (odds.failureClass !== null && adopt(suggestClassLimit(policy, odds))) limited.add(odds.failureClass);
  };
  const [lasting, passing] = partition(known);
  lasting.forEach(limit);
  // A policy that gave up too early makes its retries look futile, so patience is tried before fewer attempts.
  if (!suggestLonger(policy, ended).some(adopt)) {
    passing.forEach(limit);
    if (!adopt(suggestMoreAttempts(policy, analysis.all, ended)))
      adopt(suggestFewerAttempts(policy, ended, limited));
  }
  const effect = compareReplays(inForce, replays);
  return {
    suggestion: changes.length === 0 ? null : { policy, changes, effect },
    tooLittle: analysis.classes.flatMap(({ failureClass, tried }) =>
      failureClass !== null && tried < leastTried && classRule(input.policy, failureClass).retry
        ? [{ failureClass, tried }]
        : [],
    ),
  };
}

/** Classes that have no chance unless someone acts, and those whose trouble passes. */
function partition(classes: readonly RetryOdds[]): [lasting: RetryOdds[], passing: RetryOdds[]] {
  const passes = ({ failureClass }: RetryOdds) =>
    failureClass !== null && defaultClassRules[failureClass].retry;
  return [classes.filter((odds) => !passes(odds)), classes.filter(passes)];
}

function isBetter(effect: PolicyEffect, { kind }: PolicyChange): boolean {
  if (effect.lost - effect.gained > mostLost * effect.jobs) return false;
  // What single attempts succeed by chance is not in the backtest, which knows of times only: it may not speak against.
  if (kind === "more-attempts") return true;
  return effect.gained > effect.lost || effect.attemptsAfter <= (1 - leastSpared) * effect.attemptsBefore;
}

/** Every n-th, so that no hour drowns the others. */
function thin<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as Item);
}
