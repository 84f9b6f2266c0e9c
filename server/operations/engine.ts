import type { Random } from "#core/clock.ts";
import { openPool, type Pool, type PoolOptions } from "#db/client.ts";
import { takeIdSlot } from "#server/store/jobs/take-id-slot.ts";
import { DatabaseClock } from "#server/system/clock.ts";
import { JobIds } from "#server/system/job-ids.ts";
import type { Log } from "#server/system/log.ts";
import { random } from "#server/system/random.ts";
import { CatalogCache } from "./catalog/catalog-cache.ts";
import { FlowCache } from "./flow/flow-cache.ts";
import { OutcomeMeter } from "./flow/outcome-meter.ts";
import { WakeHint } from "./jobs/wake-hint.ts";
import { Meter } from "./metrics/meter.ts";
import { AdmissionMeter } from "./pressure/admission-meter.ts";
import { PressureCache } from "./pressure/pressure-cache.ts";

/** What every operation works with: one a process, made by a composition root. */
export interface Engine {
  /** For everything but the hot path. */
  pool: Pool;
  /** One connection of its own that does not wait for the disk: a lost claim only offers the job again. */
  claims: Pool;
  /** One connection of its own for settling attempts, durable. */
  settles: Pool;
  /** One connection for counters, samples and duties, which does not wait for the disk either. */
  counters: Pool;
  catalog: CatalogCache;
  /** How dependencies are held now. */
  flow: FlowCache;
  /** How pressed the classes are now. */
  pressure: PressureCache;
  clock: DatabaseClock;
  ids: JobIds;
  random: Random;
  meter: Meter;
  /** What attempts did to the dependencies they call. */
  outcomes: OutcomeMeter;
  /** Submits that were refused or signalled for pressure. */
  admissions: AdmissionMeter;
  wake: WakeHint;
  log: Log;
  close(): Promise<void>;
}

export interface EngineOptions {
  connectionString: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  log: Log;
  /** Connections for everything but the hot path; default 5. */
  poolSize?: number;
  /** Connections that claim, and as many that settle; default 1. */
  lanes?: number;
}

/** Connect, load the catalogue, take an id slot and start counting. Rejects when the database cannot be reached. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { connectionString, applicationName, log } = options;
  const onError = (error: Error) =>
    log.warn({ error: error.message }, "a database connection broke; it will be replaced");
  const open = (max: number, purpose: string, more: Partial<PoolOptions> = {}) =>
    openPool({ connectionString, max, applicationName: `${applicationName} ${purpose}`, onError, ...more });
  const pool = open(options.poolSize ?? 5, "main", { genericPlans: true });
  // What the hot path does takes milliseconds: ten seconds without an answer mean that the connection is dead.
  const hot = { genericPlans: true, statementTimeoutMs: 10_000 };
  // Planning the claim anew takes longer than running it on a short line.
  const claims = open(options.lanes ?? 1, "claim", { ...hot, synchronousCommit: false });
  const settles = open(options.lanes ?? 1, "settle", hot);
  const hints = open(1, "wake", { synchronousCommit: false });
  const counters = open(1, "counters", { genericPlans: true, synchronousCommit: false });
  const clock = new DatabaseClock();
  const warn = (doing: string) => (error: unknown) =>
    log.warn({ error: String(error) }, `${doing} failed; trying again`);
  const catalog = new CatalogCache(pool, clock, warn("reading the catalogue"));
  const flow = new FlowCache(pool, catalog, warn("reading the gates of dependencies"));
  const pressure = new PressureCache(pool, catalog, clock, random, warn("reading the pressure"));
  const closePools = () => Promise.all([pool, claims, settles, hints, counters].map((each) => each.end()));
  try {
    await catalog.start();
    await flow.start();
    await pressure.start();
    const slot = await takeIdSlot(pool);
    const ids = new JobIds(slot, () => clock.nowMs());
    const meter = new Meter(counters, clock, slot, warn("writing counters"));
    meter.start();
    const caches = { catalog, flow };
    const outcomes = new OutcomeMeter(
      counters,
      clock,
      slot,
      caches,
      warn("writing what dependencies answered"),
    );
    outcomes.start();
    const admissions = new AdmissionMeter(counters, clock, warn("counting refused submits"));
    admissions.start();
    const wake = new WakeHint(hints, warn("waking workers"));
    const close = async () => {
      catalog.stop();
      flow.stop();
      pressure.stop();
      await admissions.stop();
      await outcomes.stop();
      await meter.stop();
      await wake.stop();
      await closePools();
    };
    return {
      pool,
      claims,
      settles,
      counters,
      catalog,
      flow,
      pressure,
      clock,
      ids,
      random,
      meter,
      outcomes,
      admissions,
      wake,
      log,
      close,
    };
  } catch (error) {
    catalog.stop();
    flow.stop();
    pressure.stop();
    await closePools();
    throw error;
  }
}
