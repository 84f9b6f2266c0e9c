import type { Random } from "#core/clock.ts";
import { type Admission, admit } from "#core/pressure/admit.ts";
import type { Deferral } from "#core/pressure/decide-deferral.ts";
import {
  type CrewPressure,
  calmSnapshot,
  deferralAt,
  type PressureSnapshot,
  type WorstPressure,
  worstOf,
} from "#core/pressure/pressure-snapshot.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import { readPressure } from "#server/store/pressure/read-pressure.ts";
import type { DatabaseClock } from "#server/system/clock.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { CatalogCache } from "../catalog/catalog-cache.ts";
import { AcceptedJobs } from "./accepted-jobs.ts";

/** A change acts within a second even when its NOTIFY is lost, ms. */
const pollEveryMs = 1_000;
/** Levels that nobody has reckoned for so long say nothing any more: everything is accepted, ms. */
const staleMs = 15_000;

/**
 * The pressure as the dispatcher last reckoned it, kept in memory: what a submit and a claim ask costs them a look into
 * a map. Told by NOTIFY where the process listens ({@link check} is to be called then), asked for each second otherwise.
 */
export class PressureCache {
  readonly #db: Queryable;
  readonly #catalog: CatalogCache;
  readonly #clock: DatabaseClock;
  readonly #random: Random;
  readonly #onError: (error: unknown) => void;
  readonly #accepted = new AcceptedJobs();
  #snapshot: PressureSnapshot = calmSnapshot;
  #crewOf: ReadonlyMap<number, CrewPressure> = new Map();
  #reading: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    db: Queryable,
    catalog: CatalogCache,
    clock: DatabaseClock,
    random: Random,
    onError: (error: unknown) => void,
  ) {
    this.#db = db;
    this.#catalog = catalog;
    this.#clock = clock;
    this.#random = random;
    this.#onError = onError;
  }

  /** Read and keep watching. */
  async start(): Promise<void> {
    await this.check();
    this.#timer = setInterval(() => void this.check().catch(this.#onError), pollEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** What was last reckoned; calm while that is too long ago to go by. */
  get current(): PressureSnapshot {
    return this.#clock.nowMs() - this.#snapshot.atMs > staleMs ? calmSnapshot : this.#snapshot;
  }

  /** Read what is newer than what is known; concurrent calls share one read. */
  async check(): Promise<void> {
    this.#reading ??= this.#read();
    try {
      await this.#reading;
    } finally {
      this.#reading = null;
    }
  }

  /** The pressure on a class of a lane: of its crew, of its queue's limits and of the storage. */
  pressureOf(lane: Lane, rank: number): WorstPressure {
    const { storage, queues } = this.current;
    const { budgetMs } = this.#catalog.current.priority.classes[priorityAt(rank)];
    // Of a snapshot too old to go by there are no crews to look into either.
    const crew = this.current === calmSnapshot ? undefined : this.#crewOf.get(lane.id);
    const parts = [crew?.classes[rank], queues[lane.queue.name]?.classes?.[rank]];
    return worstOf(parts, storage.level, budgetMs);
  }

  /**
   * Whether to take a job; one that is taken counts from now on. Of one that is not due yet only the storage is asked:
   * what the line will be like when it is due nobody knows.
   */
  admit(lane: Lane, rank: number, isLater: boolean): Admission {
    const { queue, definition } = lane;
    const { thresholds } = queue;
    const gauge = this.current.queues[queue.name];
    const nowMs = this.#clock.nowMs();
    const { level, waitMs, budgetMs } = isLater ? this.#laterPressure(rank) : this.pressureOf(lane, rank);
    const isKnown = gauge !== undefined && !isLater;
    const admission = admit(
      {
        ...{
          queue: queue.name,
          rank,
          sheddable: definition.spec.sheddable === true,
          level,
          waitMs,
          budgetMs,
        },
        thresholds: isKnown ? thresholds : null,
        depth: isKnown ? gauge.depth + this.#accepted.since(queue.id, this.current.atMs) : 0,
        oldestMs: gauge?.oldestMs ?? 0,
        startsPerSecond: gauge?.startsPerSecond ?? 0,
      },
      this.#random,
    );
    if (thresholds !== null && !isLater && admission.kind === "accept") this.#accepted.note(queue.id, nowMs);
    return admission;
  }

  /** What keeps bulk and deferrable work of a lane back now; null while nothing does. */
  deferralOf(lane: number): Deferral | null {
    const crew = this.#crewOf.get(lane);
    if (crew?.deferral.deferral == null) return null;
    return this.current === calmSnapshot ? null : deferralAt(crew, this.#clock.nowMs());
  }

  #laterPressure(rank: number): WorstPressure {
    const { budgetMs } = this.#catalog.current.priority.classes[priorityAt(rank)];
    return worstOf([], this.current.storage.level, budgetMs);
  }

  async #read(): Promise<void> {
    const read = (await readPressure(this.#db, "levels", this.#snapshot.atMs)) as PressureSnapshot | null;
    if (read === null) return;
    this.#snapshot = read;
    this.#crewOf = new Map(read.crews.flatMap((crew) => crew.lanes.map((lane) => [lane, crew])));
    this.#accepted.forgetBefore(read.atMs);
  }
}
