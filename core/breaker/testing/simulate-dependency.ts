import { type TokenBucket, takeTokens } from "../../flow/token-bucket.ts";
import { seededRandom } from "../../random.ts";
import { advanceBreaker } from "../advance-breaker.ts";
import type { BreakerAct } from "../breaker-act.ts";
import type { BreakerGate } from "../breaker-gate.ts";
import { breakerSettingsSchema } from "../breaker-settings.ts";
import { type BreakerState, newBreaker } from "../breaker-state.ts";
import type { DependencyOutcomes } from "../dependency-outcomes.ts";
import { gateBucket } from "../gate-bucket.ts";

/** A dependency that goes down and comes back, and who calls it. Times in ms, rates a second. */
export interface Storm {
  seed: number;
  /** What the dependency answers: a token bucket of so many calls a second. */
  capacity: number;
  capacityBurst: number;
  /** Jobs arriving a second, evenly with a little noise. */
  arrivals: number;
  /** Down from here, for so long. */
  downAtMs: number;
  downForMs: number;
  /** While down: an error within a few ms, or nothing until the timeout. */
  manner: "refusing" | "hanging";
  timeoutMs: number;
  /** Calls under way at a time, over all processes. */
  slots: number;
  processes: number;
  /** Mean time of an answer. */
  answerMs: number;
  /** Share of calls that fail though the dependency is well. */
  noise: number;
  /** Jobs still waiting or coming back that count as none: those that noise alone keeps. */
  drained: number;
  endMs: number;
}

/** What became of it. */
export interface StormResult {
  callsInOutage: number;
  jobsInOutage: number;
  /** Answered 429 after the recovery, until the backlog was gone. */
  refusedAfter: number;
  /** From the recovery until nothing waited any more; null when that never was. */
  drainMs: number | null;
  /** The same had every call since the recovery come at the full capacity. */
  idealMs: number;
  /** Slot time of calls that were never answered. */
  hungMs: number;
  /** When the ramp began, after the recovery. */
  rampAfterMs: number | null;
  mostAttempts: number;
  acts: (BreakerAct & { atMs: number })[];
  /** The gate after each tick in which it changed. */
  gates: { atMs: number; gate: BreakerGate }[];
}

const stepMs = 5;

interface Call {
  job: number[];
  process: number;
  startedMs: number;
  answer: "succeeded" | "failed" | "refused";
  answered: boolean;
}

const nothing = (atMs: number): DependencyOutcomes => ({
  atMs,
  succeeded: 0,
  failed: 0,
  refused: 0,
  slow: 0,
  overdue: 0,
  firstStarts: 0,
  retryStarts: 0,
  durationMsSum: 0,
  inFlight: 0,
});

/**
 * A small simulation in steps of 5 ms of virtual time: jobs arrive, processes take tokens of the gate and call, every
 * process reports each 100 ms at a phase of its own, reports are seen 10…60 ms later, the controller ticks each 100 ms
 * and its gate acts 30 ms after. Failed jobs come back after 1 s · 2^n with full jitter, refused ones within 1 s.
 */
export function simulateDependency(storm: Storm): StormResult {
  const random = seededRandom(storm.seed);
  const settings = breakerSettingsSchema.parse({});
  let state: BreakerState = newBreaker(0);
  let gate: BreakerGate = {
    state: "closed",
    ratePerSecond: null,
    burst: 1,
    permits: 0,
    untilMs: null,
    slowMs: null,
  };
  let nextGate: { atMs: number; gate: BreakerGate }[] = [];
  let bucket: TokenBucket | null = null;
  let serviceTokens = storm.capacityBurst;
  const ready: number[][] = [];
  let readyFrom = 0;
  const steps = Math.ceil(storm.endMs / stepMs) + 1;
  const returns = new Map<number, number[][]>();
  const answers = new Map<number, Call[]>();
  const slowChecks = new Map<number, Call[]>();
  let delayed = 0;
  const tallies = Array.from({ length: storm.processes }, () => nothing(0));
  const reportPhase = Array.from({ length: storm.processes }, () => random() * 100);
  const claimAt = Array.from({ length: storm.processes }, () => random() * 50);
  const claimed = Array.from({ length: storm.processes }, (): number[][] => []);
  const mail: { seenMs: number; report: DependencyOutcomes }[] = [];
  const inFlight = new Array<number>(storm.processes).fill(0);
  const upAtMs = storm.downAtMs + storm.downForMs;
  const tickPhase = random() * 100;
  let nextTick = tickPhase;
  let arrivalsDue = random();
  let backlogAtUp = 0;
  const result: StormResult = {
    callsInOutage: 0,
    jobsInOutage: 0,
    refusedAfter: 0,
    drainMs: null,
    idealMs: 0,
    hungMs: 0,
    rampAfterMs: null,
    mostAttempts: 0,
    acts: [],
    gates: [],
  };

  const later = <Item>(map: Map<number, Item[]>, atMs: number, item: Item) => {
    const step = Math.ceil(atMs / stepMs);
    const list = map.get(step);
    if (list) list.push(item);
    else map.set(step, [item]);
  };
  const isDown = (atMs: number) => atMs >= storm.downAtMs && atMs < upAtMs;

  const start = (process: number, job: number[], nowMs: number) => {
    const tally = tallies[process] as DependencyOutcomes;
    if (job[0] === 0) tally.firstStarts += 1;
    else tally.retryStarts += 1;
    job[0] = (job[0] ?? 0) + 1;
    result.mostAttempts = Math.max(result.mostAttempts, job[0]);
    const call: Call = { job, process, startedMs: nowMs, answer: "succeeded", answered: false };
    let tookMs = 2 - Math.log(1 - random()) * storm.answerMs * 0.5 + storm.answerMs * 0.5;
    if (isDown(nowMs)) {
      result.callsInOutage += 1;
      call.answer = "failed";
      tookMs = storm.manner === "hanging" ? storm.timeoutMs : 3;
      if (storm.manner === "hanging") result.hungMs += tookMs;
    } else if (serviceTokens < 1) {
      call.answer = "refused";
      tookMs = 3;
      if (nowMs >= upAtMs && result.drainMs === null) result.refusedAfter += 1;
    } else {
      serviceTokens -= 1;
      if (random() < storm.noise) call.answer = "failed";
    }
    inFlight[process] = (inFlight[process] ?? 0) + 1;
    if (gate.slowMs !== null) later(slowChecks, nowMs + gate.slowMs + stepMs, call);
    later(answers, nowMs + tookMs, call);
  };

  for (let step = 0; step < steps; step += 1) {
    const nowMs = step * stepMs;
    serviceTokens = Math.min(storm.capacityBurst, serviceTokens + (storm.capacity * stepMs) / 1_000);
    arrivalsDue += (storm.arrivals * stepMs * (0.5 + random())) / 1_000;
    while (arrivalsDue >= 1) {
      arrivalsDue -= 1;
      ready.push([0]);
      if (isDown(nowMs)) result.jobsInOutage += 1;
    }
    for (const job of returns.get(step) ?? []) {
      ready.push(job);
      delayed -= 1;
    }
    returns.delete(step);
    const answered = answers.get(step);
    if (answered) {
      answers.delete(step);
      for (const call of answered) {
        const tally = tallies[call.process] as DependencyOutcomes;
        const tookMs = nowMs - call.startedMs;
        call.answered = true;
        inFlight[call.process] = (inFlight[call.process] ?? 0) - 1;
        tally[call.answer] += 1;
        if (call.answer !== "refused") {
          tally.durationMsSum += tookMs;
          if (gate.slowMs !== null && tookMs > gate.slowMs) tally.slow += 1;
        }
        if (call.answer === "succeeded") continue;
        const waitMs =
          call.answer === "refused" ? 1_000 * random() : 500 + 1_000 * 2 ** (call.job[0] ?? 1) * random();
        delayed += 1;
        later(returns, nowMs + waitMs, call.job);
      }
    }
    for (const call of slowChecks.get(step) ?? [])
      if (!call.answered) (tallies[call.process] as DependencyOutcomes).overdue += 1;
    slowChecks.delete(step);
    while (nextGate[0] && nextGate[0].atMs <= nowMs) {
      gate = (nextGate.shift() as { gate: BreakerGate }).gate;
      bucket = gateBucket(gate, settings.rateLimit, bucket, nowMs);
    }
    for (let process = 0; process < storm.processes; process += 1) {
      const slots = storm.slots / storm.processes;
      const held = claimed[process] ?? [];
      const room = () => readyFrom < ready.length && held.length + (inFlight[process] ?? 0) < slots + 2;
      const take = () => held.push(ready[readyFrom++] as number[]);
      if (bucket === null && gate.state !== "open") while (room()) take();
      else if (gate.state === "open") while (held.length > 0) ready.push(held.pop() as number[]);
      else if (bucket !== null && nowMs >= (claimAt[process] ?? 0)) {
        claimAt[process] = nowMs + 50 + random() * 20;
        const wanted = Math.min(ready.length - readyFrom, slots + 2 - held.length - (inFlight[process] ?? 0));
        const spent: ReturnType<typeof takeTokens> = takeTokens(bucket, wanted, nowMs);
        bucket = spent.bucket;
        for (let count = spent.taken; count > 0; count -= 1) take();
      }
      while (held.length > 0 && (inFlight[process] ?? 0) < slots)
        start(process, held.shift() as number[], nowMs);
    }
    for (let process = 0; process < storm.processes; process += 1)
      if (nowMs >= (reportPhase[process] ?? 0)) {
        reportPhase[process] = (reportPhase[process] ?? 0) + 100;
        const report = { ...(tallies[process] as DependencyOutcomes), atMs: nowMs };
        report.inFlight = inFlight[process] ?? 0;
        tallies[process] = nothing(nowMs);
        mail.push({ seenMs: nowMs + 10 + random() * 50, report });
      }
    if (nowMs >= nextTick) {
      nextTick += 100;
      const outcomes = mail.filter(({ seenMs }) => seenMs <= nowMs).map(({ report }) => report);
      for (let at = mail.length - 1; at >= 0; at -= 1)
        if ((mail[at]?.seenMs ?? 0) <= nowMs) mail.splice(at, 1);
      const waiting = ready.length - readyFrom;
      const before = state;
      const advance = advanceBreaker(state, { nowMs, outcomes, waiting, settings, random, forced: null });
      state = advance.state;
      nextGate = [...nextGate, { atMs: nowMs + 30, gate: advance.gate }];
      for (const act of advance.acts) result.acts.push({ ...act, atMs: nowMs });
      const last = result.gates.at(-1)?.gate;
      if (last?.state !== advance.gate.state || last.ratePerSecond !== advance.gate.ratePerSecond)
        result.gates.push({ atMs: nowMs, gate: advance.gate });
      if (before.phase !== "recovering" && state.phase === "recovering" && nowMs >= upAtMs)
        result.rampAfterMs ??= nowMs - upAtMs;
    }
    if (nowMs === upAtMs) {
      backlogAtUp = ready.length - readyFrom + delayed;
      result.idealMs = (backlogAtUp / (storm.capacity - storm.arrivals)) * 1_000;
    }
    if (nowMs > upAtMs && result.drainMs === null && ready.length - readyFrom + delayed <= storm.drained)
      result.drainMs = nowMs - upAtMs;
  }
  return result;
}
