import { describe, expect, it } from "vitest";
import { findConflicts, mergeFields } from "./merge-fields.ts";

const base = { law: { kind: "constant", delayMs: 1 }, attempts: 3, perClass: { timeout: { retry: true } } };
const theirs = { ...base, attempts: 5, perClass: { timeout: { retry: false } } };
const mine = {
  ...base,
  law: { kind: "constant", delayMs: 9 },
  perClass: { timeout: { retry: true }, bug: { retry: true } },
};
const conflicts = findConflicts({ base, mine, theirs }, ["perClass"]);

describe("two edits of one thing", () => {
  it("differ field by field, and it is known who changed which", () => {
    expect(conflicts.map(({ path, changedBy }) => [path.join("/"), changedBy])).toEqual([
      ["law", "me"],
      ["attempts", "them"],
      ["perClass/timeout", "them"],
      ["perClass/bug", "me"],
    ]);
    expect(findConflicts({ base, mine: { ...base, attempts: 9 }, theirs }, ["perClass"])).toMatchObject([
      { path: ["attempts"], changedBy: "both", mine: 9, theirs: 5, base: 3 },
      { path: ["perClass", "timeout"], changedBy: "them" },
    ]);
  });

  it("do not differ where both did the same", () => {
    expect(findConflicts({ base, mine: theirs, theirs }, ["perClass"])).toEqual([]);
  });

  it("merge by choice: mine where chosen, theirs elsewhere", () => {
    expect(mergeFields(theirs, conflicts, new Set(["law", "perClass/bug"]))).toEqual({
      law: { kind: "constant", delayMs: 9 },
      attempts: 5,
      perClass: { timeout: { retry: false }, bug: { retry: true } },
    });
    expect(mergeFields(theirs, conflicts, new Set(conflicts.map(({ path }) => path.join("/"))))).toEqual(
      mine,
    );
    expect(mergeFields(theirs, conflicts, new Set())).toEqual(theirs);
  });

  it("a field that mine took away goes, and an emptied record with it", () => {
    const without = { law: base.law, attempts: 3 };
    const taken = findConflicts({ base, mine: without, theirs: base }, ["perClass"]);
    expect(mergeFields(base, taken, new Set(["perClass/timeout"]))).toEqual(without);
  });
});
