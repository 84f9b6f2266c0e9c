import { isLimited, isShut } from "#core/flow/dependency-gate.ts";
import type { Queryable } from "#db/client.ts";
import { type GateRow, loadGates } from "#server/store/dependencies/load-gates.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { CatalogCache } from "../catalog/catalog-cache.ts";

/** A change acts within a second even when its NOTIFY is lost, ms. */
const pollEveryMs = 1_000;

/** How a dependency is held now. */
export interface DependencyGate extends Omit<GateRow, "dependencyId"> {
  dependency: string;
}

/** What the gates of a lane let a claim do: nothing, only under their tokens, or anything. */
export type LaneGate = "shut" | "limited" | "open";

/**
 * The gates of dependencies as last read: told at once by NOTIFY where the process listens ({@link check} is to be
 * called then), asked for each second otherwise. Without dependencies it asks nothing.
 */
export class FlowCache {
  readonly #db: Queryable;
  readonly #catalog: CatalogCache;
  readonly #onError: (error: unknown) => void;
  #gates: ReadonlyMap<number, GateRow> = new Map();
  #version = 0;
  #reading: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Queryable, catalog: CatalogCache, onError: (error: unknown) => void) {
    this.#db = db;
    this.#catalog = catalog;
    this.#onError = onError;
  }

  /** Read and keep watching; the catalogue is loaded. */
  async start(): Promise<void> {
    await this.check();
    this.#timer = setInterval(() => {
      if (this.#catalog.current.dependencies.size > 0) void this.check().catch(this.#onError);
    }, pollEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Moves whenever a gate was read that is not as before. */
  get version(): number {
    return this.#version;
  }

  /** Read the gates. What is told while a read is under way may have come after it looked: it reads once more. */
  async check(): Promise<void> {
    if (this.#reading !== null) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#read();
    try {
      await this.#reading;
    } finally {
      this.#reading = null;
    }
  }

  /** The gate of a dependency; undefined while it has never been anything but closed. */
  gateOf(dependencyId: number): GateRow | undefined {
    return this.#gates.get(dependencyId);
  }

  /** All gates by the name of their dependency. */
  get gates(): ReadonlyMap<string, DependencyGate> {
    const named = [...this.#catalog.current.dependencies.values()].flatMap(({ id, name }) => {
      const row = this.#gates.get(id);
      if (row === undefined) return [];
      const { dependencyId: _, ...gate } = row;
      return [[name, { dependency: name, ...gate }] as const];
    });
    return new Map(named);
  }

  /** What a claim may take of a lane, by the gates of all it depends on. */
  laneGate(lane: Lane): LaneGate {
    let answer: LaneGate = "open";
    for (const { id } of lane.dependencies) {
      const gate = this.#gates.get(id);
      if (gate === undefined) continue;
      if (isShut(gate)) return "shut";
      if (isLimited(gate)) answer = "limited";
    }
    return answer;
  }

  /**
   * Starts a second that the dependencies of a lane let through: null for any number, 0 while one of them is open or
   * only probed.
   */
  rateOf(lane: Lane): number | null {
    let least: number | null = null;
    for (const { id } of lane.dependencies) {
      const gate = this.#gates.get(id);
      if (gate === undefined || gate.forced === "closed") continue;
      if (isShut(gate) || gate.state === "half-open") return 0;
      if (gate.ratePerSecond !== null) least = Math.min(least ?? gate.ratePerSecond, gate.ratePerSecond);
    }
    return least;
  }

  async #read(): Promise<void> {
    do {
      this.#again = false;
      const rows = await loadGates(this.#db);
      const gates = new Map(rows.map((row) => [row.dependencyId, row]));
      if (JSON.stringify([...gates]) !== JSON.stringify([...this.#gates])) this.#version++;
      this.#gates = gates;
    } while (this.#again);
  }
}
