import { Bulkhead, type CallEnd } from "#core/worker/bulkhead.ts";
import type { FinishedRun, Transport, TransportJob } from "../transports/transport.ts";

/** A claim brings this many jobs at least even when a dependency has room for fewer: others are in the line too. */
const leastClaim = 8;
/** … else what has room now and what will have so much later, ms: about a claim's time. */
const aheadMs = 20;
/** A job that cannot start is handed back after this long, ms. */
export const heldAtMostMs = 100;
/** A dependency that jobs had to wait for counts as crowded for so long, ms. */
const crowdedMs = 1_000;
const none: readonly string[] = [];

/** What it asks of a transport. */
type Gates = Pick<Transport, "isShut" | "slowMsOf" | "rateOf" | "overdue">;

/** Starts that came late are made up for within this, ms: timers are no finer. */
const catchUpMs = 10;

interface Towards {
  name: string;
  bulkhead: Bulkhead;
  isShut: boolean;
  /** Starts a second that its gate lets through; null for any number. */
  ratePerSecond: number | null;
  /** Under a rate: when the next may start. What a claim brought together is not to come to it together. */
  nextStartMs: number;
  crowdedUntilMs: number;
}

/**
 * What this process has in flight towards each dependency, and whether more may start: within its bulkhead, and not
 * while its gate is shut. Jobs without dependencies never come here. Times are monotonic ms.
 */
export class DependencyFlow {
  readonly #transport: Gates;
  readonly #slots: number;
  readonly #known = new Map<string, Towards>();

  /** `slots`: the concurrency of the process. */
  constructor(transport: Gates, slots: number) {
    this.#transport = transport;
    this.#slots = slots;
  }

  /** The first dependency of the job that has no room for it now; null when it may start. */
  blockerOf(job: TransportJob, nowMs: number): string | null {
    for (const name of job.dependencies) {
      const towards = this.#towards(name);
      if (towards.isShut || isPaced(towards, nowMs) || !towards.bulkhead.admits(nowMs)) return name;
    }
    return null;
  }

  /** Whether any gate that stands before the job is shut. */
  isShut(job: TransportJob): boolean {
    return job.dependencies.some((name) => this.#towards(name).isShut);
  }

  /** Jobs wait here because the dependency has no room. */
  crowded(name: string, nowMs: number): void {
    const towards = this.#towards(name);
    if (!isPaced(towards, nowMs)) towards.crowdedUntilMs = nowMs + crowdedMs;
  }

  /** When one that was held back by the pace alone may start, ms from now; null for none. */
  pacedInMs(nowMs: number): number | null {
    let first: number | null = null;
    for (const towards of this.#known.values())
      if (isPaced(towards, nowMs)) first = Math.min(first ?? towards.nextStartMs, towards.nextStartMs);
    return first === null ? null : first - nowMs;
  }

  started(job: TransportJob, nowMs: number): void {
    for (const name of job.dependencies) {
      const towards = this.#towards(name);
      towards.bulkhead.started(job.id, nowMs);
      if (towards.ratePerSecond !== null)
        towards.nextStartMs =
          Math.max(towards.nextStartMs, nowMs - catchUpMs) + 1_000 / towards.ratePerSecond;
    }
  }

  ended(job: TransportJob, end: FinishedRun["result"] | null, nowMs: number): void {
    const how = asCallEnd(end);
    for (const name of job.dependencies)
      this.#towards(name).bulkhead.ended(job.id, how, nowMs, this.#slowMsOf(name));
  }

  /** Dependencies that have no room: claims leave their jobs to others. A shut gate keeps claims away by itself. */
  excepted(nowMs: number): readonly string[] {
    if (this.#known.size === 0) return none;
    const full = [...this.#known.values()].filter(
      ({ isShut, bulkhead }) => !isShut && !bulkhead.admits(nowMs),
    );
    return full.length === 0 ? none : full.map(({ name }) => name);
  }

  /** Whether any of these has room again. */
  hasRoom(names: readonly string[], nowMs: number): boolean {
    return names.some((name) => this.#towards(name).bulkhead.admits(nowMs));
  }

  /** Of `wanted` jobs as many as a claim should bring: where jobs had to wait, only what can start soon. */
  atMost(wanted: number, nowMs: number): number {
    let most = wanted;
    for (const { bulkhead, crowdedUntilMs } of this.#known.values())
      if (crowdedUntilMs > nowMs && bulkhead.admits(nowMs))
        most = Math.min(most, Math.max(leastClaim, bulkhead.roomWithin(aheadMs)));
    return most;
  }

  /** Look at the gates; true when one was shut since the last look. One that let through again is trusted again. */
  readGates(nowMs: number): boolean {
    let hasShut = false;
    for (const towards of this.#known.values()) {
      towards.ratePerSecond = this.#transport.rateOf?.(towards.name) ?? null;
      const isShut = this.#transport.isShut?.(towards.name) ?? false;
      if (isShut === towards.isShut) continue;
      towards.isShut = isShut;
      if (isShut) hasShut = true;
      else towards.bulkhead.trust(nowMs);
    }
    return hasShut;
  }

  /** Report calls that have just become overdue, and stop trusting a dependency that has fallen silent. */
  sweep(jobOf: (id: string) => TransportJob | undefined, nowMs: number): void {
    for (const { name, bulkhead } of this.#known.values()) {
      if (bulkhead.inFlight === 0) continue;
      for (const id of bulkhead.overdue(nowMs, this.#slowMsOf(name))) {
        const job = jobOf(id);
        if (job !== undefined) this.#transport.overdue?.(job, name);
      }
    }
  }

  #slowMsOf(name: string): number | null {
    return this.#transport.slowMsOf?.(name) ?? null;
  }

  #towards(name: string): Towards {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const isShut = this.#transport.isShut?.(name) ?? false;
    const ratePerSecond = this.#transport.rateOf?.(name) ?? null;
    const bulkhead = new Bulkhead(this.#slots);
    const towards = { name, bulkhead, isShut, ratePerSecond, nextStartMs: 0, crowdedUntilMs: 0 };
    this.#known.set(name, towards);
    return towards;
  }
}

/** A rate of a few a second is kept by its tokens alone: a job is not to wait here for long. */
const slowestPacedPerSecond = 20;

function isPaced({ ratePerSecond, nextStartMs }: Towards, nowMs: number): boolean {
  return ratePerSecond !== null && ratePerSecond >= slowestPacedPerSecond && nextStartMs > nowMs;
}

/** What an end of an attempt tells of the dependency; null for an attempt whose lease was lost. */
function asCallEnd(end: FinishedRun["result"] | null): CallEnd {
  if (end === null || end.kind === "released" || end.kind === "preempted") return "given-up";
  if (end.kind !== "failed") return end.kind;
  // It was never called, or did not answer what went wrong.
  const isOurs = end.failure.class === "bug" || end.failure.class === "invalid-input";
  return isOurs ? "given-up" : "failed";
}
