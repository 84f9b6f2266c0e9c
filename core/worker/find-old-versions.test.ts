import { describe, expect, it } from "vitest";
import { findOldVersions } from "./find-old-versions.ts";

const worker = (id: string, version: string | null, startedAtMs: number, pool = "default") => ({
  id,
  pool,
  version,
  startedAtMs,
});

describe("findOldVersions", () => {
  it("names those that were left behind by the version that came last into their pool", () => {
    const workers = [worker("1", "2.9", 10), worker("2", "2.10", 20), worker("3", "2.9", 30)];
    expect(findOldVersions(workers)).toEqual(
      new Map([
        ["1", "2.10"],
        ["3", "2.10"],
      ]),
    );
  });

  it("compares within a pool, and leaves out who tells no version", () => {
    expect(
      findOldVersions([worker("1", "1", 10), worker("2", "2", 20, "gpu"), worker("3", null, 5)]),
    ).toEqual(new Map());
  });
});
