import { escalatedReason } from "#core/alert/find-escalated-alerts.ts";
import type { DefinitionSpec } from "#core/definition/definition.ts";
import { type Classification, classifyFailure } from "#core/failure/classify-failure.ts";
import type { FailureClass } from "#core/failure/failure-class.ts";
import type { FailureReport } from "#core/failure/failure-report.ts";
import { fingerprintFailure } from "#core/failure/fingerprint.ts";
import { isShut } from "#core/flow/dependency-gate.ts";
import { priorityAt, priorityClasses } from "#core/priority/priority-class.ts";
import { redactReport } from "#core/redaction/redact-report.ts";
import { decideRetry, type RetryDecision, type RetryFacts } from "#core/retry/decide-retry.ts";
import type { SettledAttempt } from "#server/store/attempts/settle-attempts.ts";
import type { HeldJob } from "#server/store/leases/load-held-jobs.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";

/** Classes of failures that happen between us and a service. */
const onTheWay: ReadonlySet<FailureClass> = new Set([
  "transient",
  "timeout",
  "rate-limited",
  "dependency-down",
]);

/** How an attempt ended, as its worker or the reaper saw it. */
export interface EndedAttempt {
  leaseId: string;
  jobId: string;
  attempt: number;
  workerId: string;
  startedAtMs: number;
  finishedAtMs: number;
  outcome: "failed" | "timed-out" | "lost" | "released" | "preempted";
  /** Due time the job had, which it keeps when it is handed back; absent: now. */
  runAtMs?: number;
  /** What the handler threw; null for lost and released. */
  failure: FailureReport | null;
}

/** Everything the decision about one ended attempt rests on. */
export interface SettlementFacts {
  ended: EndedAttempt;
  job: HeldJob;
  spec: DefinitionSpec;
  definition: string;
}

export interface Settlement {
  row: SettledAttempt;
  failureClass: FailureClass | null;
  /** Whose call failed; null when it is not known, or nothing failed. */
  dependency: string | null;
  /** The class it ran in, when its policy has it wait for the next attempt in another; null else. */
  raisedFrom: number | null;
}

/** Decide what becomes of an attempt that ended without completing: retry, dead letter, cancelled or handed back. */
export function decideSettlement(engine: Engine, catalog: Catalog, facts: SettlementFacts): Settlement {
  const { ended, job } = facts;
  if (job.cancelRequested) return cancelledRow(catalog, facts);
  if (ended.outcome === "released")
    return {
      row: { ...emptyRow(facts), outcome: "released", placement: "ready" },
      failureClass: null,
      dependency: null,
      raisedFrom: null,
    };
  if (ended.outcome === "preempted") return gaveWay(facts);
  const lost = ended.outcome === "lost";
  const report: FailureReport = ended.failure ?? {
    name: "WorkerLost",
    message: "the worker's lease ran out: it vanished, was cut off or its event loop was blocked",
    class: "worker-lost",
  };
  const only = facts.spec.dependencies?.length === 1 ? (facts.spec.dependencies[0] ?? null) : null;
  const verdict = classify(catalog, report, facts, report.dependency ?? only);
  // A network error does not say whom it was calling: with a single dependency there is no doubt.
  const dependency = report.dependency ?? (onTheWay.has(verdict.class) ? only : null);
  const named: FailureReport = { ...report, dependency };
  const { fingerprint } = fingerprintFailure(named, dependency);
  const decision = decideRetry({
    policy: catalog.policyOf(facts.spec),
    failure: { class: verdict.class, retryAfterMs: verdict.retryAfterMs, retryable: verdict.retryable },
    priority: priorityAt(job.rank),
    raised: job.raised,
    guarantee: facts.spec.guarantee,
    failures: job.failures + (lost ? 0 : 1),
    losses: job.losses + (lost ? 1 : 0),
    attempt: ended.attempt,
    elapsedMs: Math.max(0, ended.finishedAtMs - (job.firstStartedAtMs ?? ended.startedAtMs)),
    nowMs: engine.clock.nowMs(),
    random: engine.random,
    ...guardOf(engine, catalog, dependency),
    previousDelayMs: job.previousDelayMs,
  });
  const failureClass: FailureClass =
    (decision.kind === "dead" || decision.kind === "escalate") && decision.reason === "poison"
      ? "poison"
      : verdict.class;
  const row: SettledAttempt = {
    ...emptyRow(facts),
    outcome: ended.outcome,
    error: storedReport(catalog, named),
    failureClass,
    origin: verdict.origin,
    ruleId: verdict.rule?.id ?? null,
    ruleName: verdict.rule?.name ?? null,
    fingerprint,
    decision: decisionText(decision),
    failures: job.failures + (lost ? 0 : 1),
    losses: job.losses + (lost ? 1 : 0),
    ...placementOf(decision),
  };
  const raisedTo = "raisedTo" in decision ? decision.raisedTo : undefined;
  if (raisedTo === undefined) return { row, failureClass, dependency, raisedFrom: null };
  const raised = { ...row, rank: priorityClasses.indexOf(raisedTo), amended: true };
  return { row: raised, failureClass, dependency, raisedFrom: job.rank };
}

/** Back in line where it stood: no failure, no attempt used. */
function gaveWay(facts: SettlementFacts): Settlement {
  const because = ["it gave up its slot at a checkpoint for urgent work; no attempt was used"];
  const decision = JSON.stringify({ kind: "retry", delayMs: 0, runAt: null, because });
  const row: SettledAttempt = { ...emptyRow(facts), outcome: "preempted", placement: "ready", decision };
  return { row, failureClass: null, dependency: null, raisedFrom: null };
}

function classify(
  catalog: Catalog,
  report: FailureReport,
  facts: SettlementFacts,
  dependency: string | null,
): Classification {
  const context = {
    rules: catalog.rules,
    dependency,
    definition: facts.definition,
    knownDependencies: facts.spec.dependencies ?? [],
  };
  return classifyFailure(report, context);
}

/** How the dependency that failed is held now: its breaker, and how far its backoffs are stretched. */
function guardOf(
  engine: Engine,
  catalog: Catalog,
  dependency: string | null,
): Pick<RetryFacts, "breaker" | "multiplier"> {
  const known = dependency === null ? undefined : catalog.dependencies.get(dependency);
  const gate = known && engine.flow.gateOf(known.id);
  if (dependency === null || gate === undefined) return {};
  const untilMs = gate.forced === null ? gate.untilMs : null;
  return { breaker: { open: isShut(gate), untilMs, dependency }, multiplier: gate.multiplier };
}

function placementOf(decision: RetryDecision): Pick<SettledAttempt, "placement"> & Partial<SettledAttempt> {
  if (decision.kind === "retry")
    return decision.delayMs <= 0
      ? { placement: "ready", runAtMs: decision.runAtMs }
      : { placement: "scheduled", runAtMs: decision.runAtMs };
  // The lane is shut by the breaker itself: what comes back from its backoff waits there with all the others.
  if (decision.kind === "hold") return { placement: "scheduled", runAtMs: decision.runAtMs };
  if (decision.kind === "dead")
    return { placement: "dead", reason: decision.because.at(-1) ?? decision.reason };
  return { placement: "dead", reason: escalatedReason(decision.because) };
}

function decisionText(decision: RetryDecision): string {
  const kept =
    decision.kind === "retry"
      ? {
          delayMs: decision.delayMs,
          runAt: new Date(decision.runAtMs).toISOString(),
          drawnDelayMs: decision.drawnDelayMs,
        }
      : decision.kind === "hold"
        ? {
            delayMs: null,
            runAt: new Date(decision.runAtMs).toISOString(),
            drawnDelayMs: decision.drawnDelayMs,
          }
        : { delayMs: null, runAt: null };
  const reason = "reason" in decision ? { reason: decision.reason } : {};
  const raised =
    "raisedTo" in decision && decision.raisedTo !== undefined ? { raisedTo: decision.raisedTo } : {};
  return JSON.stringify({ kind: decision.kind, ...kept, ...reason, ...raised, because: decision.because });
}

function cancelledRow(catalog: Catalog, facts: SettlementFacts): Settlement {
  const { job, ended } = facts;
  const decision = JSON.stringify({
    kind: "dead",
    delayMs: null,
    runAt: null,
    because: [`cancelled by ${job.cancelActor}`],
  });
  const error = ended.failure === null ? null : storedReport(catalog, ended.failure);
  const row: SettledAttempt = {
    ...emptyRow(facts),
    outcome: "cancelled",
    placement: "cancelled",
    failureClass: "cancelled",
    error,
    decision,
    reason: job.cancelReason,
    actor: job.cancelActor ?? "unknown",
  };
  return { row, failureClass: null, dependency: null, raisedFrom: null };
}

function emptyRow({ ended, job }: SettlementFacts): SettledAttempt {
  return {
    leaseId: ended.leaseId,
    jobId: ended.jobId,
    lane: job.lane,
    rank: job.rank,
    amended: job.amended,
    attempt: ended.attempt,
    outcome: null,
    workerId: ended.workerId,
    startedAtMs: ended.startedAtMs,
    finishedAtMs: ended.finishedAtMs,
    error: null,
    failureClass: null,
    origin: null,
    ruleId: null,
    ruleName: null,
    fingerprint: null,
    decision: null,
    placement: "ready",
    runAtMs: ended.runAtMs ?? ended.finishedAtMs,
    failures: job.failures,
    losses: job.losses,
    reason: null,
    actor: `worker:${ended.workerId}`,
  };
}

/** The report as it is stored and shown: secrets cut out of every text. */
function storedReport({ redactor }: Catalog, report: FailureReport): string {
  return JSON.stringify(redactReport(report, (text) => redactor.text(text)));
}
