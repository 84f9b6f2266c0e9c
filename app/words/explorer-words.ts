import { formatCount, formatExactCount } from "#components/domain/format-count.ts";
import { formatClockShort } from "#components/domain/format-instant.ts";
import { sayJobs } from "./say-jobs.ts";

/** The texts of the jobs explorer: its bar, views, columns and the end of its list. */
export const explorerWords = {
  bar: "Filter jobs",
  barHint: "state:dead queue:billing payload.user.plan:pro error:ECONNRESET since:2h",
  suggestions: "Completions",
  notApplied: "This filter was not applied. The list shows the last one that was understood.",
  instead: (text: string) => `Write ${text}`,
  clear: "Clear the filter",

  views: "Views",
  allJobs: "All jobs",
  saveView: "Save as a view",
  changeView: "Update this view",
  renameView: "Rename or share",
  deleteView: "Delete this view",
  pinView: "Begin with this view",
  unpinView: "Begin with all jobs",
  pinnedMark: "first",
  sharedBy: (name: string, owner: string) => `${name} · ${owner}`,
  viewName: "Name",
  viewShared: "Everybody sees it",
  viewSharedHint: "Only you can change it.",
  viewSaved: (name: string) => `View '${name}' is kept`,
  viewDeleted: (name: string) => `View '${name}' is deleted`,
  undoDelete: "Keep it after all",
  save: "Save",
  cancel: "Cancel",
  viewGone: "This view is gone; the list shows all jobs.",
  changed: "changed",

  columns: "Columns",
  columnsHint: "Kept in the address and in saved views.",
  column: {
    state: "state",
    job: "job",
    definition: "definition",
    queue: "queue",
    priority: "class",
    attempt: "attempt",
    when: "when",
    error: "last error",
    submitted: "submitted",
    tags: "tags",
    key: "key",
    concurrency: "concurrency key",
    correlation: "correlation",
    worker: "worker",
  },
  addPath: "A value of the payload",
  addPathHint: "Its path, as user.plan",
  add: "Add",
  standardColumns: "Standard columns",
  badPath: "That is not a path: write names with dots between, as user.plan.",
  mostPaths: "At most 6 payload columns.",

  exportAs: "Export",
  exportJson: "JSON lines",
  exportCsv: "CSV",
  exporting: (count: number) => `Exporting: ${sayJobs(count)} so far`,
  exported: (count: number, most: boolean) =>
    most
      ? `Exported the newest ${formatExactCount(count)} jobs; an export has no more`
      : `Exported ${sayJobs(count)}`,
  exportFailed: "The export was not finished",

  total: {
    exact: (count: number) => sayJobs(count),
    about: (count: number) => `≈ ${sayJobs(count)}`,
    "at-least": (count: number) => (count === 0 ? "none found yet" : `≥ ${sayJobs(count)}`),
  },
  totalWhy: {
    exact: "Counted one by one.",
    about: "An estimate: by the dispatcher's count of what waits and runs, or the size of the tables.",
    "at-least": "Counted until the time for counting was over; there may be more.",
  },
  looked: (examined: number, backToMs: number) =>
    `Looked at ${formatCount(examined)} ${examined === 1 ? "job" : "jobs"}, back to ${formatClockShort(backToMs)}`,
  lookFurther: "Look further",
  keepLooking: "Keep looking",
  stopLooking: "Stop",
  looking: "Looking further back",
  end: "That is all there is.",
  mostRows: (count: number) => `${formatExactCount(count)} rows are shown, which is the most at once.`,
  goOn: "Go on from here",
  newest: "Back to the newest",
  loadNewer: "Newer",
  asOf: (clock: string) => `as of ${clock}`,
  frozen: "held still while you select",
  freeze: "Hold still",
  unfreeze: "Go on",
  newer: (count: number, most: number) => (count > most ? `More than ${most} new` : `${count} new`),

  selectAll: (total: string) => `Select all ${total} matching`,

  preview: "Preview",
  openPage: "Open the page",
  lastError: "Last error",
  payload: "Payload",
  waiting: "Waiting because",
  notUnderstood: "The filter was not understood",
  notUnderstoodTeach:
    "Nothing was looked for. Mend the marked place in the bar, or take one of the offers under it.",
  gone: "This job is gone: its history was dropped.",
} as const;
