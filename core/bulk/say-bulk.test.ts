import { describe, expect, it } from "vitest";
import { sayBulk } from "./say-bulk.ts";

describe("an operation in words", () => {
  it("names the action, the count and the jobs", () => {
    const filter = {
      states: ["dead" as const],
      queue: "billing",
      where: [{ field: "error" as const, anyOf: ["ECONNRESET"] }],
    };
    expect(sayBulk({ action: "retry" }, { kind: "filter", filter }, 2_104)).toBe(
      "Retry 2,104 dead jobs of queue billing whose error is ECONNRESET",
    );
    expect(sayBulk({ action: "cancel" }, { kind: "ids" }, 1)).toBe("Cancel 1 chosen job");
    expect(sayBulk({ action: "move", queue: "slow" }, { kind: "ids" }, 3)).toBe(
      "Move 3 chosen jobs to queue slow",
    );
    expect(sayBulk({ action: "restore" }, { kind: "operation", id: "7" }, 12)).toBe(
      "Put back 12 jobs of bulk operation 7",
    );
    expect(sayBulk({ action: "reprioritise", priority: "high" }, { kind: "filter", filter }, null)).toBe(
      "Give dead jobs of queue billing whose error is ECONNRESET the priority high",
    );
  });
});
