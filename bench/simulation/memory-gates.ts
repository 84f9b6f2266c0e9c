import type { BreakerGate } from "../../core/breaker/breaker-gate.ts";
import { gateBucket } from "../../core/breaker/gate-bucket.ts";
import {
  type DependencyHold,
  dependencyRoom,
  isLimited,
  isShut,
  takenFrom,
} from "../../core/flow/dependency-gate.ts";
import { nextTokenAtMs, type TokenBucket, takeTokens } from "../../core/flow/token-bucket.ts";
import type { QueueLayout } from "./queue-store.ts";

/** A gate as it is kept: what {@link MemoryGates.set} was told, and the tokens. */
export interface MemoryGate extends DependencyHold {
  untilMs: number | null;
  multiplier: number;
  slowMs: number | null;
  bucket: TokenBucket | null;
}

/** Lanes that wait for the same buckets. */
export interface GatedLanes {
  key: string;
  dependencies: readonly number[];
  lanes: readonly number[];
}

/** Lanes by what stands in their way: nothing, or buckets. Those of an open breaker are in neither. */
interface SplitLanes {
  open: readonly number[];
  gated: readonly GatedLanes[];
}

/** The gates of all dependencies, as claim-gates.ts and the flow cache have them on Postgres. */
export class MemoryGates {
  readonly #layout: QueueLayout;
  readonly #gates: MemoryGate[];
  readonly #told = new Set<number>();
  #split: SplitLanes;
  #version = 0;

  constructor(layout: QueueLayout) {
    this.#layout = layout;
    const closed = { state: "closed", forced: null, ratePerSecond: null, untilMs: null } as const;
    this.#gates = layout.dependencies.map(() => ({ ...closed, multiplier: 1, slowMs: null, bucket: null }));
    this.#split = this.#splitLanes([]);
  }

  /** Moves with every gate that changes. */
  get version(): string {
    return String(this.#version);
  }

  of(dependency: number): MemoryGate {
    const gate = this.#gates[dependency];
    if (gate === undefined) throw new RangeError(`there is no dependency ${dependency}`);
    return gate;
  }

  /** What a breaker decided; as the breaker keeper writes it. */
  set(dependency: number, gate: BreakerGate, multiplier: number, nowMs: number): void {
    const before = this.of(dependency);
    const { state, untilMs, slowMs } = gate;
    const rateLimit = this.#layout.dependencies[dependency]?.settings.rateLimit ?? null;
    const bucket = gateBucket(gate, rateLimit, before.bucket, nowMs);
    const own = gate.ratePerSecond !== null && gate.ratePerSecond > 0 ? gate.ratePerSecond : null;
    const set = rateLimit === null ? null : (rateLimit.count * 1_000) / rateLimit.perMs;
    const ratePerSecond = own === null || set === null ? (own ?? set) : Math.min(own, set);
    const after = { state, forced: null, ratePerSecond, untilMs, multiplier, slowMs, bucket };
    this.#gates[dependency] = after;
    const told = ["state", "ratePerSecond", "untilMs", "multiplier", "slowMs"] as const;
    // The first word on a dependency is news, whatever it says: there was no row before.
    if (this.#told.has(dependency) && told.every((key) => before[key] === after[key])) return;
    this.#told.add(dependency);
    this.#version++;
    this.#split = this.#splitLanes([]);
  }

  /** The lanes that a claim may look at, without those that need one of `except`. */
  lanes(except: readonly number[]): SplitLanes {
    return except.length === 0 ? this.#split : this.#splitLanes(except);
  }

  /** How many jobs of the lanes may start now. */
  room({ dependencies }: GatedLanes, nowMs: number): number {
    return Math.min(...dependencies.map((each) => dependencyRoom(this.of(each), nowMs)));
  }

  /** Take the tokens of so many starts; returns until when there are none left, ms from now, 0 while there are. */
  spend({ dependencies }: GatedLanes, starts: number, nowMs: number): number {
    let refillMs = 0;
    for (const gate of dependencies.map((each) => this.of(each))) {
      const bucket = takenFrom(gate);
      if (bucket === null) continue;
      gate.bucket = starts > 0 ? takeTokens(bucket, starts, nowMs).bucket : bucket;
      refillMs = Math.max(refillMs, nextTokenAtMs(gate.bucket, nowMs) - nowMs);
    }
    return refillMs;
  }

  #splitLanes(except: readonly number[]): SplitLanes {
    const open: number[] = [];
    const gated = new Map<string, GatedLanes & { lanes: number[] }>();
    for (const [lane, { dependencies }] of this.#layout.lanes.entries()) {
      if (dependencies.some((each) => except.includes(each) || isShut(this.of(each)))) continue;
      const limited = dependencies.filter((each) => isLimited(this.of(each))).sort((a, b) => a - b);
      const key = limited.join(" ");
      const known = gated.get(key);
      if (limited.length === 0) open.push(lane);
      else if (known) known.lanes.push(lane);
      else gated.set(key, { key, dependencies: limited, lanes: [lane] });
    }
    return { open, gated: [...gated.values()] };
  }
}
