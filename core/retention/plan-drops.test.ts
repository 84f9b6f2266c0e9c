import { describe, expect, it } from "vitest";
import { planDrops } from "./plan-drops.ts";

const tables = ["jobs", "completed", "attempts", "job_events", "attempt_logs"];
const days = ["2026-01-02", "2026-01-01", "2026-01-03"];
const partitions = [
  ...days.flatMap((day) => tables.map((table) => ({ table, day }))),
  ...tables.map((table) => ({ table, day: null })),
];
const keep = {
  completedDays: null,
  attemptsDays: null,
  eventsDays: null,
  cancelledDays: null,
  deadDays: null,
};
const nowMs = Date.parse("2026-01-05T00:00:00Z");

describe("what is past its keeping", () => {
  it("is nothing until somebody says so", () => {
    expect(planDrops(partitions, keep, nowMs)).toEqual([]);
  });

  it("is whole days of jobs, oldest first, never the default partition", () => {
    const settings = { ...keep, completedDays: 2, attemptsDays: 2, eventsDays: 2 };
    expect(planDrops(partitions, settings, nowMs)).toEqual([
      { day: "2026-01-01", tables, whole: true },
      { day: "2026-01-02", tables, whole: true },
    ]);
  });

  it("is attempts with their logs, and events, before their jobs where that is said", () => {
    const settings = { ...keep, completedDays: 3, attemptsDays: 2, eventsDays: 1 };
    expect(planDrops(partitions, settings, nowMs)).toEqual([
      { day: "2026-01-01", tables, whole: true },
      { day: "2026-01-02", tables: ["attempts", "job_events", "attempt_logs"], whole: false },
      { day: "2026-01-03", tables: ["job_events"], whole: false },
    ]);
  });
});
