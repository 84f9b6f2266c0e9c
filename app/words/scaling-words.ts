/** The texts of the limits of scaling. */
export const scalingWords = {
  lead: "From what comes and what waits Signalbox reckons how many workers would keep every class within its budget. It starts none itself: an autoscaler reads the metric signalbox_workers_wanted, or is told by a webhook of the kind scaling. These limits hold for every pool.",
  minWorkers: "At least",
  maxWorkers: "At most",
  cooldownMs: "Fewer after",
  unit: "workers",
  hints: {
    minWorkers: "0 to 10,000; asked for though nothing comes",
    maxWorkers: "1 to 10,000; never more than these, whatever waits",
    cooldownMs:
      "1 min to 1 d in which fewer were enough all the time; more are asked for at once, every 30 s at most",
  },
} as const;
