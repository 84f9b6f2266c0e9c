import { describe, expect, it } from "vitest";
import { curlOfSubmit, sdkCallOfSubmit } from "./submit-copies.ts";

describe("a test submit to copy", () => {
  it("is one call of curl, whatever quotes the payload holds", () => {
    const call = curlOfSubmit(
      "greet",
      { payload: { name: "O'Hara" }, tags: ["try"] },
      "http://localhost:3000",
    );
    expect(call).toContain("POST http://localhost:3000/api/v1/jobs");
    expect(call).toContain(`-d '{"definition":"greet","payload":{"name":"O'\\''Hara"},"tags":["try"]}'`);
  });

  it("is one call of the SDK, with a date for its time and no options where there are none", () => {
    expect(sdkCallOfSubmit("greet", { payload: 1 })).toBe('await producer.enqueue("greet", 1);');
    expect(
      sdkCallOfSubmit("greet", { payload: 1, priority: "bulk", runAt: "2026-01-01T00:00:00.000Z" }),
    ).toBe(
      'await producer.enqueue("greet", 1, { priority: "bulk", runAt: new Date("2026-01-01T00:00:00.000Z") });',
    );
  });
});
