import { floorCounts, noFloorsOwed, recordStarts } from "../../core/priority/floor-accumulator.ts";
import { lastReservedRank, mergeQuotas } from "../../core/priority/merge-quotas.ts";
import { priorityClasses } from "../../core/priority/priority-class.ts";
import { priorityKey } from "../../core/priority/virtual-deadline.ts";
import { DryGates } from "../../server/operations/attempts/dry-gates.ts";
import type { JobLine } from "./job-line.ts";
import type { GatedLanes, MemoryGates } from "./memory-gates.ts";
import type { ClaimOrder, QueueLayout } from "./queue-store.ts";
import type { QueuedJob } from "./queued-job.ts";

/** As in claim-attempts.ts: gated lanes passed over for so long go first for once, ms, for up to this share. */
const passedOverMs = 50;
const passedOverShare = 0.5;
const everyClass = priorityClasses.map(() => true);
const none: readonly number[] = [];

/** The claims of one worker, as the Claimer of claim-attempts.ts makes them on Postgres. */
export class MemoryClaimer {
  readonly #layout: QueueLayout;
  readonly #ready: readonly (readonly JobLine<QueuedJob>[])[];
  readonly #gates: MemoryGates;
  readonly #dry = new DryGates();
  #floors = noFloorsOwed;
  #askedLimitedAtMs = 0;
  #turn = 0;

  /** `ready`: the lines by lane and rank. */
  constructor(layout: QueueLayout, ready: readonly (readonly JobLine<QueuedJob>[])[], gates: MemoryGates) {
    this.#layout = layout;
    this.#ready = ready;
    this.#gates = gates;
  }

  /** When a gate found without a token may give again, ms from now; null for none. */
  tokensInMs(nowMs: number): number | null {
    return this.#dry.nextInMs(nowMs);
  }

  /** Take jobs out of their lines, in the order to start them. */
  claim({ max, maxOther, except = none }: ClaimOrder, nowMs: number): QueuedJob[] {
    if (max <= 0) return [];
    const { open, gated } = this.#gates.lanes(except);
    const keys = gated.map(({ key }) => key);
    const withTokens = this.#dry.withTokens(keys, this.#gates.version, nowMs);
    const limited = gated.filter(({ key }) => withTokens.has(key));
    const passedOver = limited.length > 0 && nowMs - this.#askedLimitedAtMs > passedOverMs;
    const taken: QueuedJob[] = [];
    if (open.length === 0 || passedOver) {
      const most = open.length === 0 ? max : Math.ceil(max * passedOverShare);
      this.#takeLimited(limited, most, maxOther, taken, nowMs);
    }
    if (open.length > 0) {
      taken.push(...this.#take(open, max - taken.length, maxOther - taken.length, nowMs));
      if (!passedOver) this.#takeLimited(limited, max, maxOther, taken, nowMs);
    }
    if (taken.length > 0) this.#record(taken, max);
    return taken.length > 1 ? this.#inOrder(taken, nowMs) : taken;
  }

  #takeLimited(
    limited: readonly GatedLanes[],
    most: number,
    maxOther: number,
    taken: QueuedJob[],
    nowMs: number,
  ): void {
    const first = limited.length === 0 ? 0 : this.#turn++ % limited.length;
    for (const group of [...limited.slice(first), ...limited.slice(0, first)]) {
      if (taken.length >= most) return;
      this.#askedLimitedAtMs = nowMs;
      const room = Math.min(most - taken.length, this.#gates.room(group, nowMs));
      const jobs = this.#take(group.lanes, room, maxOther - taken.length, nowMs);
      const refillMs = this.#gates.spend(group, jobs.length, nowMs);
      this.#dry.note(group.key, this.#gates.version, { refillMs, gave: jobs.length > 0, atMs: nowMs });
      taken.push(...jobs);
    }
  }

  #take(lanes: readonly number[], n: number, others: number, nowMs: number): QueuedJob[] {
    if (n <= 0) return [];
    const maxOther = Math.max(0, others);
    const lines = lanes.flatMap((lane) => (this.#ready[lane] ?? []).filter(({ size }) => size > 0));
    const [only] = lines;
    if (only?.first === undefined) return [];
    // A single line needs no merge.
    if (lines.length === 1) return only.take(only.first.rank <= lastReservedRank ? n : Math.min(n, maxOther));
    const settings = this.#layout.priority;
    const floors = floorCounts(this.#floors, { n, backlog: everyClass, settings });
    const heads = lines.flatMap((line) => line.peek(n));
    const { quotas } = mergeQuotas({ heads, n, settings, floors, maxOther, nowMs });
    return quotas.flatMap(({ lane, rank, count }) => this.#ready[lane]?.[rank]?.take(count) ?? []);
  }

  #record(taken: readonly QueuedJob[], max: number): void {
    const settings = this.#layout.priority;
    const started = priorityClasses.map(() => 0);
    for (const { rank } of taken) started[rank] = (started[rank] ?? 0) + 1;
    const asked = floorCounts(this.#floors, { n: max, backlog: everyClass, settings });
    const isFull = taken.length >= max;
    const backlog = started.map((count, rank) => count > 0 || (isFull && (asked[rank] ?? 0) === 0));
    this.#floors = recordStarts(this.#floors, { started, backlog, settings });
  }

  #inOrder(taken: readonly QueuedJob[], nowMs: number): QueuedJob[] {
    const settings = this.#layout.priority;
    const keyed = taken.map((job) => ({
      job,
      key: priorityKey({ rank: job.rank, runAtMs: job.runAtMs, nowMs, settings }),
    }));
    keyed.sort((a, b) => a.key - b.key || a.job.runAtMs - b.job.runAtMs || a.job.number - b.job.number);
    return keyed.map(({ job }) => job);
  }
}
