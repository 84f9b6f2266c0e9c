import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";

/** The texts of the priorities page. */
export const priorityWords = {
  title: "Priorities",
  name: "the priority settings",
  what: "Jobs start in the order of their deadlines: due time plus the budget of their class. A late job counts its lateness by its slope, in multiples of its budget. Floors give every class with a backlog its share of starts; reserved slots are for critical and high alone. The next claim obeys.",
  settings: "Classes",
  head: {
    class: "class",
    budget: "budget",
    slope: "slope",
    floor: "floor",
  },
  budgetWhy: "How long a job of the class may wait before it is late.",
  slopeWhy: "How fast lateness counts: 1 is usual, 10 counts tenfold.",
  floorWhy:
    "Share of starts the class gets while it has a backlog, whatever the others do. 20 % at most each.",
  budgetOf: (name: string) => `Budget of ${name}`,
  slopeOf: (name: string) => `Slope of ${name}`,
  floorOf: (name: string) => `Floor of ${name}, percent`,
  percent: "%",
  reserved: "Slots for critical and high alone",
  reservedHint: "Share of each worker's slots, 0 to 50 %.",
  floorSum: (percent: string) => `Floors together: ${percent} %; at most 50 %.`,
  notSpan: "Type a span: 1 s, 10 min, 1 h.",
  notNumber: "Type a number.",
  warnings: {
    order: (above: string, below: string) =>
      `${above} has a longer budget than ${below}: it will start later than ${below} of the same age.`,
    noFloor: (name: string) => `${name} has no floor: while other classes overflow it may wait without end.`,
    noReserve:
      "No slot is reserved: long jobs of lower classes may hold every slot when critical work comes.",
  },
  edited: "last edited",
  never: "never edited: the defaults hold",
  save: "Save settings",
  saveTitle: "Change the priority settings",
  saveWhat: "The next claim of every worker obeys. Running jobs go on.",
  saved: "The priority settings are changed",
  same: "The settings say this already; nothing was written",
  latest: "newer settings",
  adminOnly: "An admin may change these.",
  preview: "Effect on the next starts",
  previewNote: (starts: number) => `the next ${formatCount(starts)} starts, simulated`,
  previewWhat: (slots: number, perSecond: string) =>
    `From the backlog as last counted, arrivals of the last minute, ${formatCount(slots)} slots and ${perSecond} starts a second, by the functions of the claim itself. Taken for granted: what waits is spread evenly in age, every job holds its slot equally long, nothing is paused or capped.`,
  previewIdle:
    "Nothing waits and nothing arrives, so every setting gives the same order. Try the made-up backlog.",
  basis: "Backlog",
  bases: { now: "as it is now", surge: "made up: 500 of each class" },
  column: {
    class: "class",
    waiting: "waiting",
    arrivals: "in /s",
    now: "as saved",
    next: "as edited",
    share: "share of starts",
    longest: "longest wait",
  },
  wait: (ms: number) => formatDuration(ms),
  stillWaits: (count: number) => `${formatCount(count)} still wait`,
} as const;
