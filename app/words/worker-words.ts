import { formatCount } from "#components/domain/format-count.ts";

/** The texts of the workers page. */
export const workerWords = {
  title: "Workers",
  live: "Live",
  ended: "Ended within 15 minutes",
  none: "No worker is connected",
  noneTeach:
    "A worker claims jobs and runs their handlers. Start one on the module that defines them, or the demo with its own:",
  summary: (workers: number, running: number, slots: number) =>
    `${workers === 1 ? "1 worker" : `${formatCount(workers)} workers`} · ${formatCount(running)} of ${formatCount(slots)} slots busy`,
  more: "There are more than these.",
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
} as const;
