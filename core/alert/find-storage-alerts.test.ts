import { describe, expect, it } from "vitest";
import type { StorageFinding } from "../pressure/storage-guard.ts";
import { find, nowMs, storage } from "./testing/stall-facts.ts";

describe("storage", () => {
  const told = (finding: Partial<StorageFinding>) =>
    find({ storage: storage({ limit: "wal", level: "warn", value: 2e10, bound: 1.6e10, ...finding }) })[0];

  it("is told while the guard says so, by its bound and with the page of its limit", () => {
    expect(told({})).toMatchObject({
      ...{ key: "storage:wal", level: 1.25, severity: "warning", objectKind: "system" },
      cause: "The write-ahead log takes 20 GB, beyond its bound of 16 GB.",
      ...{ sinceMs: nowMs - 5_000, containment: null, runbook: "storage#wal" },
    });
  });

  it("stays open in the ease of the guard, below the bound", () => {
    expect(told({ value: 1.53e10 })?.level).toBe(1);
  });

  it("is critical where only critical jobs are accepted, and says so", () => {
    const stopped = told({ level: "stop" });
    expect(stopped).toMatchObject({ severity: "critical" });
    expect(stopped?.cause).toContain("only critical jobs are accepted");
    expect(told({})?.cause).not.toContain("only critical");
  });

  it("rules out what was read and is within its bounds, and nothing that could not be read", () => {
    expect(told({})?.ruledOut.join()).toMatch(/database itself, at 5 GB.*900 transactions old/);
    const unread = { databaseBytes: null, walBytes: 2e10, horizonAge: null, horizonHolder: null };
    const verdict = storage({ limit: "wal", level: "warn", value: 2e10, bound: 1.6e10 });
    expect(find({ storage: { ...verdict, facts: unread } })[0]?.ruledOut).toHaveLength(1);
  });

  it.each([
    ["session 42 of psql", "pg_terminate_backend(42)"],
    ["replication slot standby", "drop the slot"],
    ["prepared transaction tx-1", "Commit or roll back the prepared transaction tx-1"],
    [null, "pg_stat_activity"],
  ])("names how %s lets go of the horizon", (holder, way) => {
    const [first] = told({ limit: "horizon", level: "stop", value: 3e8, bound: 2e8, holder })?.whatToDo ?? [];
    expect(first).toContain(way);
  });
});
