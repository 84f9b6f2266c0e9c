import { describe, expect, it } from "vitest";
import { judgeStorage, type StorageFacts, type StorageGuards, storageGuardSetting } from "./storage-guard.ts";

const facts = (more: Partial<StorageFacts>): StorageFacts => ({
  databaseBytes: null,
  walBytes: null,
  horizonAge: null,
  horizonHolder: null,
  ...more,
});
const guards: StorageGuards = {
  database: { warnAt: 800, stopAt: 1_000 },
  wal: { warnAt: 100, stopAt: null },
  horizon: { warnAt: null, stopAt: 500 },
};

describe("the storage guard", () => {
  it("is content with what it may not read, and with what has no bound", () => {
    expect(judgeStorage(facts({}), guards, [], 5)).toEqual({ level: "ok", findings: [], facts: facts({}) });
    expect(
      judgeStorage(facts({ horizonAge: 499, databaseBytes: 799, walBytes: 99 }), guards, [], 5).level,
    ).toBe("ok");
  });

  it("warns, then stops, and says what is over which bound since when", () => {
    const warned = judgeStorage(facts({ databaseBytes: 800 }), guards, [], 5);
    expect(warned).toMatchObject({
      level: "warn",
      findings: [{ limit: "database", level: "warn", value: 800, bound: 800, sinceMs: 5, holder: null }],
    });
    const stopped = judgeStorage(facts({ databaseBytes: 1_000 }), guards, warned.findings, 9);
    expect(stopped).toMatchObject({ level: "stop", findings: [{ bound: 1_000, sinceMs: 9 }] });
  });

  it("names who holds the horizon", () => {
    const verdict = judgeStorage(
      facts({ horizonAge: 600, horizonHolder: "session 42 of psql" }),
      guards,
      [],
      5,
    );
    expect(verdict).toMatchObject({ level: "stop", findings: [{ holder: "session 42 of psql" }] });
  });

  it("lets go only 5 % below the bound", () => {
    const stopped = judgeStorage(facts({ databaseBytes: 1_000 }), guards, [], 5);
    const near = judgeStorage(facts({ databaseBytes: 951 }), guards, stopped.findings, 6);
    expect(near).toMatchObject({ level: "stop", findings: [{ sinceMs: 5 }] });
    expect(judgeStorage(facts({ databaseBytes: 949 }), guards, near.findings, 7).level).toBe("warn");
  });

  it.each([
    [{ database: { warnAt: 0, stopAt: null } }],
    [{ database: { warnAt: -5, stopAt: null } }],
    [{ database: { warnAt: 2_000_000_000, stopAt: 2_000_000_000 } }],
    [{ horizon: { warnAt: 9_999, stopAt: null } }],
    [{ horizon: { warnAt: null, stopAt: 2_000_000_000 } }],
    [{ disk: { warnAt: null, stopAt: null } }],
  ])("refuses the setting %j", (wrong) => {
    expect(storageGuardSetting.schema.safeParse({ ...storageGuardSetting.standard, ...wrong }).success).toBe(
      false,
    );
  });

  it("has a standard that its schema accepts", () => {
    expect(storageGuardSetting.schema.safeParse(storageGuardSetting.standard).success).toBe(true);
  });
});
