import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatShare } from "#components/domain/format-share.ts";
import type { WorkerOutlier } from "#core/worker/find-outliers.ts";
import { sayJobs } from "./say-jobs.ts";

const workers = (count: number) => (count === 1 ? "1 worker" : `${formatCount(count)} workers`);

/** The texts of the workers page. */
export const workerWords = {
  acts: "Actions",
  title: "Workers",
  live: "Live",
  ended: "Ended within 15 minutes",
  none: "No worker is connected",
  noneTeach:
    "A worker claims jobs and runs their handlers. Start one on the module that defines them, or the demo with its own:",
  summary: (workers: number, running: number, slots: number) =>
    `${workers === 1 ? "1 worker" : `${formatCount(workers)} workers`} · ${formatCount(running)} of ${formatCount(slots)} slots busy`,
  more: "There are more than these.",
  demand: {
    title: "Workers wanted",
    note: "what would keep every class within its budget, by what comes and what waits",
    limits: "Limits of scaling",
    head: {
      pool: "pool",
      definitions: "definitions that share its workers",
      wanted: "wanted",
      workers: "there",
      slots: "slots wanted / there",
      load: "kept busy",
      forClass: "most for",
    },
    slotsWhy:
      "slots with which 19 of 20 jobs of every class start within its budget, and what waits is done in time",
    loadWhy: "slots that arrivals alone keep busy, mean of half a minute",
    slotsOf: (wanted: number, slots: number) => `${formatCount(wanted)} / ${formatCount(slots)}`,
    unknown: "nobody knows yet",
    load: (slots: number) => `≈ ${slots < 10 ? Math.round(slots * 10) / 10 : formatCount(Math.round(slots))}`,
  },
  head: {
    state: "state",
    host: "host",
    worker: "worker",
    pool: "pool",
    transport: "by",
    slots: "slots",
    heartbeat: "heartbeat",
    lag: "loop lag",
    version: "version",
    started: "started",
    serves: "serves",
    ended: "ended",
  },
  lagWhy: "how late timers fire in the worker: its event loop is blocked that long",
  state: { active: "active", draining: "draining", stopped: "stopped", lost: "lost" },
  stateWhy: {
    active: "claims and runs jobs",
    draining: "finishes what it has and claims no more",
    stopped: "ended by itself",
    lost: "stopped answering; its jobs were taken back",
  },
  silent: "silent",
  silentWhy: "no heartbeat for longer than it promised",
  moreServed: (count: number) => `+${count}`,
  pid: (pid: number) => `pid ${pid}`,
  page: (id: string) => `Worker ${id}`,
  back: "Workers",
  notFound: "There is no such worker",
  group: "Group by",
  groupBy: { none: "nothing", pool: "pool", host: "host" },
  groupTitle: { pool: (name: string) => `Pool ${name}`, host: (name: string) => `Host ${name}` },
  why: "why it ended",
  lostWhy: (silentMs: number, takenBack: number) =>
    `lost: no heartbeat for ${formatDuration(silentMs)}${
      takenBack === 0
        ? ""
        : takenBack === 1
          ? "; its 1 job was taken back"
          : `; its ${sayJobs(takenBack)} were taken back`
    }`,
  stoppedWhy: (takenBack: number) =>
    takenBack === 0
      ? "stopped by itself, and left nothing behind"
      : `stopped; ${sayJobs(takenBack)} were taken back from it before`,
  flag: {
    outlier: "fails more than its peers",
    clock: "clock is off",
    version: "older version",
    lag: "event loop is blocked",
  },
  outlierWhy: (found: WorkerOutlier) =>
    `${formatShare(found.share)} of its last ${formatCount(found.attempts)} attempts of ${found.definition} failed, against ${formatShare(found.peerShare)} of ${formatCount(found.peerAttempts)} on ${workers(found.peers)} beside it`,
  clockWhy: (offsetMs: number) =>
    `its clock is ${formatDuration(Math.abs(offsetMs))} ${offsetMs > 0 ? "behind" : "ahead of"} the database's; due times and leases go by the database's, its logs do not`,
  versionWhy: (version: string, newest: string) => `it runs ${version}; ${newest} is the newest in its pool`,
  lagFlagWhy: (lagMs: number) => `timers fired ${formatDuration(lagMs)} late at its last heartbeat`,
  facts: "Worker",
  fact: {
    state: "state",
    pool: "pool",
    transport: "connected by",
    version: "version",
    heartbeat: "last heartbeat",
    every: "promised every",
    lag: "event loop lag",
    clock: "clock",
    started: "started",
    ended: "ended",
    slots: "slots",
    limit: "runs at once now",
    limitBecause: "because",
    takenBack: "taken back from it",
    drainedBy: "drained by",
    drainReason: "because",
    serves: "serves",
  },
  limitOf: (limit: number, slots: number) => `${formatCount(limit)} of ${formatCount(slots)}`,
  limitWhy: "fewer than its slots: it adapts to load, or cannot keep up; other workers get the rest",
  clockOffset: (offsetMs: number) =>
    Math.abs(offsetMs) < 1
      ? "in step"
      : `${formatDuration(Math.abs(offsetMs))} ${offsetMs > 0 ? "behind" : "ahead"}`,
  runs: "Runs now",
  runsNote: (count: number, slots: number) => `${formatCount(count)} held, ${formatCount(slots)} slots`,
  runsNone: "It holds no job.",
  runsMore: "It holds more than these.",
  runHead: { job: "job", definition: "definition", attempt: "attempt", since: "for", progress: "progress" },
  cancelAsked: "told to stop",
  recent: "Ended lately",
  recentNote: (lookedAt: number) =>
    `by job, newest first; among the last ${formatCount(lookedAt)} of all workers`,
  recentNone: "None of the attempts that ended lately was its.",
  recentHead: {
    job: "job",
    definition: "definition",
    attempt: "attempt",
    outcome: "outcome",
    took: "took",
    ended: "ended",
  },
  older: "Older",
  newest: "Newest",
  drain: "Drain",
  drainTitle: (host: string, id: string) => `Drain worker ${id} on ${host}`,
  drainWhat: (running: number) =>
    `It claims no more, hands back what it has not started, and finishes the ${sayJobs(running)} it runs. It stays registered until its process is stopped; this can be taken back.`,
  drainDo: "Drain worker",
  drains: (id: string) => `Worker ${id} is draining`,
  undrain: "Take back drain",
  undrained: (id: string) => `Worker ${id} claims again`,
  undo: "Take back",
  drainingNow: (running: number) =>
    running === 0
      ? "Draining: it runs nothing more; its process can be stopped."
      : `Draining: ${sayJobs(running)} to finish; it claims no more.`,
} as const;
