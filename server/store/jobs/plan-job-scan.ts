import type { JobState } from "#core/job/job-state.ts";
import { jobStates } from "#core/job/job-state.ts";
import type { JobCondition } from "#core/query/job-condition.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Queryable } from "#db/client.ts";
import { isSettledBySieve } from "./candidate-conditions.ts";
import { countInLine } from "./count-in-line.ts";
import { findFingerprints } from "./find-fingerprints.ts";
import { hasManyHeld } from "./has-many-held.ts";
import { hasManyOfKey } from "./has-many-of-key.ts";
import { type ResolvedFilter, resolveFilter } from "./resolve-filter.ts";
import type { JobScan } from "./scan-job-ids.ts";

/** How to find the jobs of a filter: a scan that gives candidates, and the conditions that decide on each. */
export interface JobScanPlan {
  filter: ResolvedFilter;
  scan: JobScan;
  /** Conditions that every candidate of the scan meets, so that its row need not be looked at for them. */
  decided: ReadonlySet<JobCondition>;
  /** Whether every candidate of the scan meets the whole filter, unless it moved meanwhile. */
  exact: boolean;
  /** Whether every candidate that the sieve leaves meets the whole filter, unless it moved meanwhile. */
  settled: boolean;
}

/** Completed jobs are looked through one by one for lanes that are at least this share of all. */
const commonShare = 1 / 25;

/** Longest line, in jobs, that is read whole to list the jobs waiting in it. */
const shortLine = 5_000;

/**
 * Plan a list: a few small reads that choose the most selective condition to drive it. Null when nothing can match.
 * Most selective first: ids, keys and correlation ids, concurrency keys of few jobs, failure groups (by fingerprint or
 * error), small placements, concurrency keys, tags, workers, failures at all, lanes; in the last resort every job from one end.
 */
export async function planJobScan(db: Queryable, jobFilter: JobFilter): Promise<JobScanPlan | null> {
  const filter = await resolveFilter(db, jobFilter);
  if (filter === null) return null;
  const { conditions, states, lanes } = filter;
  const plan = (scan: JobScan, ...decided: (JobCondition | undefined)[]): JobScanPlan => {
    const known = new Set(decided.filter((condition) => condition !== undefined));
    const exact = conditions.every((condition) => known.has(condition) || condition.field === "created");
    const settled = conditions.every((condition) => known.has(condition) || isSettledBySieve(condition));
    return { filter, scan, decided: known, exact, settled };
  };
  const only = (
    field: "id" | "key" | "correlation" | "concurrency" | "group" | "error" | "worker" | "tag" | "class",
  ) => {
    const condition = conditions.find((each) => each.field === field && !each.not);
    return condition && "anyOf" in condition && condition.anyOf
      ? { condition, values: condition.anyOf }
      : null;
  };

  const id = only("id");
  if (id) return plan({ kind: "ids", values: id.values }, id.condition);
  const key = only("key");
  if (key) return plan({ kind: "key", values: key.values }, key.condition);
  const correlation = only("correlation");
  if (correlation) return plan({ kind: "correlation", values: correlation.values }, correlation.condition);
  const concurrency = only("concurrency");
  const byConcurrency =
    concurrency && plan({ kind: "concurrency", values: concurrency.values }, concurrency.condition);
  if (concurrency && byConcurrency && !(await hasManyOfKey(db, concurrency.values))) return byConcurrency;
  const group = only("group");
  if (group) return plan({ kind: "group", values: group.values }, group.condition);

  const error = only("error");
  const fingerprints = error ? await findFingerprints(db, error.values) : null;
  if (fingerprints && states?.join() !== "dead") return plan({ kind: "group", values: fingerprints });
  const worker = only("worker");
  if (worker) {
    const ran = (["running", "completed"] as const).filter((state) => states?.includes(state) ?? true);
    return plan({ ...everywhere, kind: "placements", states: ran, workers: worker.values });
  }
  // What is held of a key stands among its newest jobs, and anywhere among what is held at all.
  if (byConcurrency && states?.join() === "held" && (await hasManyHeld(db))) return byConcurrency;
  if (states) {
    const byState = await planStates(db, filter, states, fingerprints);
    const placed = placedBy(states);
    const state = conditions.filter(({ field }) => placed.has(field) && !(field === "state" && fingerprints));
    if (byState) return plan(byState, ...state);
  }
  if (byConcurrency) return byConcurrency;
  const tag = only("tag");
  if (tag) return plan({ kind: "tag", values: tag.values }, tag.condition);
  // A second attempt follows one that failed, was lost or handed back.
  const again = conditions.some((each) => each.field === "attempt" && (each.from ?? 0) > 1);
  if (error || again || only("class")) return plan({ kind: "failed" });
  if (lanes && lanes.length <= filter.all.length / 2 + 1) {
    const named = conditions.filter(({ field }) => field === "queue" || field === "definition");
    return plan({ kind: "lanes", lanes }, ...named);
  }
  return plan({ kind: "all" });
}

/** What a scan of the placements of these states decides: completed and leased rows name no lane, ready ones are not asked for their class. */
function placedBy(states: readonly JobState[]): ReadonlySet<JobCondition["field"]> {
  if (states.includes("completed") || states.includes("running")) return new Set(["state"]);
  const inLine = states.includes("available") || states.includes("held");
  return new Set(["state", "queue", "definition", ...(inLine ? [] : (["priority"] as const))]);
}

const everywhere = { readyLanes: [], lanes: null, ranks: null, fingerprints: null, workers: null };

/** Drive from the placements when each of them is small or in the order of the ids; null when one is neither. */
async function planStates(
  db: Queryable,
  { all, lanes, ranks }: ResolvedFilter,
  states: JobState[],
  fingerprints: string[] | null,
): Promise<JobScan | null> {
  if (states.length === jobStates.length) return null;
  // A completed row names no lane. Behind a long line the first of them stands far down in its lane.
  if (states.includes("completed") && lanes !== null && lanes.length < all.length * commonShare) return null;
  const inLine = all
    .filter(
      ({ lane, paused }) => (lanes?.includes(lane) ?? true) && states.includes(paused ? "held" : "available"),
    )
    .map(({ lane }) => lane);
  if (inLine.length > 0 && (await countInLine(db, inLine, shortLine + 1)) > shortLine) return null;
  return { kind: "placements", states, readyLanes: inLine, lanes, ranks, fingerprints, workers: null };
}
