import type { FailureClass } from "../failure/failure-class.ts";
import type { RecordedJob } from "./backtest-policy.ts";
import { classRule } from "./class-rule.ts";
import { diedEarly } from "./died-early.ts";
import { policyBands } from "./policy-bands.ts";
import type { ChangedPolicy } from "./policy-change.ts";
import type { BackoffLaw, RetryPolicy } from "./retry-policy.ts";

/** Fewer jobs that more patience would have saved are no reason to change anything. */
const leastSaved = 5;
const coveredShare = 0.9;
/** Longest wait that is suggested: what takes longer wants a person. */
const longestWaitMs = 6 * 3_600_000;
const mostAttempts = 25;
const draws = 40;
const seed = 1;

/**
 * Policies under which the last attempt starts after what stood in the way went away in 9 of 10 cases, the gentlest
 * first: a higher cap and more attempts leave the first retries as soon as they are, longer delays do not. Empty
 * when too few jobs died before their definition worked again.
 */
export function suggestLonger(policy: RetryPolicy, jobs: readonly RecordedJob[]): ChangedPolicy[] {
  const died = jobs.filter((job) => job.recoveredAtMs !== null && diedEarly(job, policy));
  if (died.length < leastSaved) return [];
  const neededMs = timeNeeded([...died, ...jobs.filter(({ succeededAtMs }) => succeededAtMs !== null)]);
  const failureClass = usualClass(died);
  const wasReachMs = reachMs(policy, failureClass);
  if (neededMs === null || wasReachMs >= neededMs) return [];
  const lifted: RetryPolicy =
    policy.maxElapsedMs !== undefined && policy.maxElapsedMs < 1.5 * neededMs
      ? { ...policy, maxElapsedMs: roundUp(1.5 * neededMs) }
      : policy;
  return [
    firstReaching(withHigherCap(lifted), failureClass, neededMs),
    firstReaching(withMoreAttempts(lifted, failureClass), failureClass, neededMs),
    firstReaching(withLongerDelays(lifted), failureClass, neededMs),
  ].flatMap((longer): ChangedPolicy[] => {
    if (longer === null) return [];
    const reach = reachMs(longer, failureClass);
    return [
      {
        policy: longer,
        change: { kind: "outlast", died: died.length, neededMs, wasReachMs, reachMs: reach },
      },
    ];
  });
}

/** From the first attempt on until calls worked again, in 9 of 10 jobs; half of the last gap where a job succeeded. */
function timeNeeded(jobs: readonly RecordedJob[]): number | null {
  const times = jobs
    .flatMap(({ failures, succeededAtMs, recoveredAtMs }) => {
      const [first, last] = [failures[0], failures.at(-1)];
      if (first === undefined || last === undefined) return [];
      const goneAtMs = succeededAtMs === null ? recoveredAtMs : (last.startedAtMs + succeededAtMs) / 2;
      return goneAtMs === null ? [] : [goneAtMs - first.startedAtMs];
    })
    .sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(coveredShare * times.length))] ?? null;
}

function usualClass(died: readonly RecordedJob[]): FailureClass {
  const counts = new Map<FailureClass, number>();
  for (const { failures } of died) {
    const last = failures.at(-1)?.class ?? "transient";
    counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "transient";
}

/** When the last attempt starts, at the earliest of 95 in 100 jobs, ms after the first. */
function reachMs(policy: RetryPolicy, failureClass: FailureClass): number {
  const { bands } = policyBands({ policy, failureClass, priority: "normal", draws, seed });
  return bands.findLast(({ reached }) => reached >= 0.95)?.p5Ms ?? 0;
}

function firstReaching(
  policies: Iterable<RetryPolicy>,
  failureClass: FailureClass,
  neededMs: number,
): RetryPolicy | null {
  for (const policy of policies) if (reachMs(policy, failureClass) >= neededMs) return policy;
  return null;
}

function* withHigherCap(policy: RetryPolicy): Generator<RetryPolicy> {
  const { law } = policy;
  if (law.kind !== "exponential" && law.kind !== "linear") return;
  for (let capMs = 2 * law.capMs; capMs <= longestWaitMs; capMs *= 2)
    yield { ...policy, law: { ...law, capMs } };
}

function* withMoreAttempts(policy: RetryPolicy, failureClass: FailureClass): Generator<RetryPolicy> {
  const was = classRule(policy, failureClass).maxAttempts;
  const most = Math.min(mostAttempts, was + Math.max(4, Math.ceil(was / 2)));
  for (let maxAttempts = was + 1; maxAttempts <= most; maxAttempts += 1)
    yield withAttempts(policy, failureClass, maxAttempts);
}

/** The limit stands where it acts: with the class when that is narrower than the policy's. */
function withAttempts(policy: RetryPolicy, failureClass: FailureClass, maxAttempts: number): RetryPolicy {
  if (classRule(policy, failureClass).maxAttempts === policy.maxAttempts) return { ...policy, maxAttempts };
  const rule = { retry: true, ...policy.perClass?.[failureClass], maxAttempts };
  return { ...policy, perClass: { ...policy.perClass, [failureClass]: rule } };
}

function* withLongerDelays(policy: RetryPolicy): Generator<RetryPolicy> {
  for (const factor of [1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]) {
    const law = scaled(policy.law, factor);
    if (law === null) return;
    yield { ...policy, law };
  }
}

function scaled(law: BackoffLaw, factor: number): BackoffLaw | null {
  const times = (delayMs: number) => Math.round(delayMs * factor);
  const within = <Law extends BackoffLaw>(longer: Law, longestMs: number) =>
    longestMs <= longestWaitMs ? longer : null;
  switch (law.kind) {
    case "constant":
      return within({ ...law, delayMs: times(law.delayMs) }, times(law.delayMs));
    case "linear":
      return within(
        { ...law, baseMs: times(law.baseMs), stepMs: times(law.stepMs), capMs: times(law.capMs) },
        times(law.capMs),
      );
    case "exponential":
      return within({ ...law, baseMs: times(law.baseMs), capMs: times(law.capMs) }, times(law.capMs));
    case "list":
      return within({ ...law, delaysMs: law.delaysMs.map(times) }, times(Math.max(...law.delaysMs)));
  }
}

/** To a whole minute, or second below one. */
function roundUp(ms: number): number {
  const unit = ms < 60_000 ? 1_000 : 60_000;
  return Math.ceil(ms / unit) * unit;
}
