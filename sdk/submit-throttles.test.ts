import { describe, expect, it } from "vitest";
import { SignalboxError } from "#core/error.ts";
import { BackpressureError } from "#core/pressure/backpressure-error.ts";
import { SubmitThrottles } from "./submit-throttles.ts";

describe("the brakes of a producer", () => {
  it("refuse by themselves once most was refused, with the time that is left of what Signalbox said", () => {
    let nowMs = 0;
    const throttles = new SubmitThrottles(
      () => nowMs,
      () => 0,
    );
    expect(throttles.refuse("mail")).toBeNull();
    throttles.heard("mail", new BackpressureError("full", { retryAfterMs: 9_000 }));
    nowMs = 2_000;
    const refusal = throttles.refuse("mail");
    expect(refusal).toMatchObject({ code: "backpressure", by: "client", retryAfterMs: 7_000, status: 429 });
    expect(throttles.refuse("image")).toBeNull();
  });

  it("are not touched by errors that are no pressure", () => {
    const throttles = new SubmitThrottles(
      () => 0,
      () => 0,
    );
    for (let turn = 0; turn < 20; turn++) {
      expect(throttles.refuse("mail")).toBeNull();
      throttles.heard("mail", turn % 2 === 0 ? null : new SignalboxError("validation", "no"));
    }
  });
});
