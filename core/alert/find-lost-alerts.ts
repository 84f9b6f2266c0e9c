import { sayDuration } from "../say-duration.ts";
import { type Finding, runbookOf } from "./alert.ts";
import { recencyLevel } from "./recency-level.ts";
import { sayCount } from "./say-count.ts";

/** A worker that fell silent. */
export interface LostWorker {
  id: string;
  host: string;
  pool: string;
  heartbeatAtMs: number;
  endedAtMs: number;
  /** Jobs taken back from it. */
  takenBack: number;
}

/** Leases that ran out and stand yet. */
export interface ExpiredLeases {
  leases: number;
  oldestUntilMs: number;
}

/** How long a lease that ran out may stand before somebody should look, ms: it is taken back every 500 ms. */
const reapBoundMs = 10_000;

/** Workers lost with jobs in hand, one alert a host, and leases that nobody takes back. */
export function findLostAlerts(
  workers: readonly LostWorker[],
  expired: ExpiredLeases | null,
  nowMs: number,
): Finding[] {
  const hosts = Map.groupBy(
    workers.filter((worker) => worker.takenBack > 0),
    (worker) => `lost:${worker.pool}:${worker.host}`,
  );
  const lost = [...hosts].map(([key, group]) => lostOn(key, group, nowMs));
  return expired === null ? lost : [...lost, standing(expired, nowMs)];
}

function lostOn(key: string, group: readonly LostWorker[], nowMs: number): Finding {
  const [latest] = [...group].sort((a, b) => b.endedAtMs - a.endedAtMs) as [LostWorker];
  const jobs = group.reduce((sum, worker) => sum + worker.takenBack, 0);
  const who = group.length === 1 ? `Worker ${latest.id}` : sayCount(group.length, "worker");
  const silence = sayDuration(Math.max(0, latest.endedAtMs - latest.heartbeatAtMs));
  return {
    key,
    kind: "lost",
    level: recencyLevel(latest.endedAtMs, nowMs),
    severity: group.length >= 3 ? "critical" : "warning",
    objectKind: "worker",
    objectId: latest.id,
    sinceMs: Math.min(...group.map((worker) => worker.heartbeatAtMs)),
    jobIds: [],
    evidence: [
      { label: "jobs taken back", value: jobs, unit: "count" },
      { label: "workers lost", value: group.length, unit: "count" },
      { label: "last heartbeat", value: latest.heartbeatAtMs, unit: "instant" },
      { label: "host", value: latest.host, unit: "text" },
      { label: "pool", value: latest.pool, unit: "text" },
      { label: "worker", value: latest.id, unit: "worker" },
    ],
    cause: `${who} on ${latest.host} fell silent (${silence} without a heartbeat), and ${sayCount(jobs, "job")} ${jobs === 1 ? "was" : "were"} taken back.`,
    ruledOut: [
      "No job was lost: each went back in line, its attempt counted as lost and not as failed.",
      "It was not stopped: a worker that is stopped hands its jobs back itself.",
    ],
    whatToDo: [
      "Look at the process on its host: killed for memory, crashed, or cut off from the database.",
      "Nothing need be done for the jobs; if a worker is missing now, start it again.",
    ],
    containment: null,
    runbook: runbookOf("lost"),
  };
}

function standing({ leases, oldestUntilMs }: ExpiredLeases, nowMs: number): Finding {
  const overMs = Math.max(0, nowMs - oldestUntilMs);
  return {
    key: "lost:leases",
    kind: "lost",
    level: overMs / reapBoundMs,
    severity: "critical",
    objectKind: "system",
    objectId: "dispatcher",
    sinceMs: oldestUntilMs,
    jobIds: [],
    evidence: [
      { label: "leases that ran out", value: leases, unit: "count" },
      { label: "the oldest ran out", value: oldestUntilMs, unit: "instant" },
    ],
    cause: `${sayCount(leases, "lease")} ran out ${sayDuration(overMs)} ago and nobody has taken the jobs back.`,
    ruledOut: ["The dispatcher runs: it found this."],
    whatToDo: [
      "Read the dispatcher's log for a service named reap that fails.",
      "Look in the database for a transaction that holds these leases: pg_stat_activity, the oldest xact_start first.",
    ],
    containment: null,
    runbook: runbookOf("lost"),
  };
}
