import { describe, expect, it } from "vitest";
import { sayAct, sayActAlone, sayKind } from "./audit-words.ts";

const act = (action: string, before: unknown = null, after: unknown = null) =>
  sayAct({ action, objectKind: action.split(".")[0] ?? "", objectId: "x", before, after });

describe("an act in words", () => {
  it("says of a queue what was changed of it", () => {
    expect(act("queue.patch", { paused: false }, { paused: true })).toBe("paused");
    expect(act("queue.patch", { paused: true }, { paused: false })).toBe("resumed");
    expect(act("queue.patch", { paused: false, maxRunning: 1 }, { paused: false, maxRunning: 2 })).toBe(
      "changed the limits of",
    );
    expect(act("queue.patch", { drainingSince: null }, { drainingSince: "2026-11-22" })).toBe("drained");
  });

  it("tells the first version from the later ones", () => {
    expect(act("policy.put")).toBe("made");
    expect(act("policy.put", { law: "constant" })).toBe("changed");
  });

  it("puts an action it does not know into words all the same, whatever its values are", () => {
    expect(act("bulk.pause")).toBe("paused");
    expect(act("job.retry")).toBe("retried");
    expect(act("job.cancel", "text", 7)).toBe("cancelled");
    expect(act("spline.reticulate-twice")).toBe("reticulated twice");
    expect(act("odd")).toBe("odded");
    expect(act("x.")).toBe("x.");
    expect(act("queue.patch", null, undefined)).toBe("changed the limits of");
  });

  it("stands alone where its object is known", () => {
    const facts = { objectKind: "job", objectId: "1", before: null, after: null };
    expect(sayActAlone({ ...facts, action: "job.note" })).toBe("wrote a note");
    expect(sayActAlone({ ...facts, action: "job.retry" })).toBe("retried");
  });

  it("names kinds of objects without their hyphens", () => {
    expect(sayKind("failure-group")).toBe("failure group");
    expect(sayKind("some-new-kind")).toBe("some new kind");
  });
});
