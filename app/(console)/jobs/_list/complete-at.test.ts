import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completionAt } from "./complete-at.ts";

/** The caret stands where the bar is. */
const at = (marked: string) => completionAt(marked.replace("|", ""), marked.indexOf("|"));

describe("completionAt", () => {
  it.each([
    ["|", { kind: "field" }, ""],
    ["st|", { kind: "field" }, "st"],
    ["state:dead qu|", { kind: "field" }, "qu"],
    ["-ta|", { kind: "field" }, "ta"],
    ["state:|", { kind: "value", field: "state", path: [] }, ""],
    ["state:dead,re|", { kind: "value", field: "state", path: [] }, "re"],
    ["payload.us|", { kind: "path" }, "us"],
    ["payload.user.pl|an:x", { kind: "path" }, "user.pl"],
    ["payload.user.plan:p|", { kind: "value", field: "payload", path: ["user", "plan"] }, "p"],
    ['error:"socket h|', { kind: "value", field: "error", path: [] }, "socket h"],
  ])("at %j completes %j", (marked, of, typed) => {
    expect(at(marked)).toMatchObject({ of, typed });
  });

  it("offers nothing within quotes and within values of a field that is none", () => {
    expect(at('"free w|')).toBeNull();
    expect(at("nofield:x|")).toBeNull();
  });

  it("takes the place of a stretch around the caret, in any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.nat(40), (text, caret) => {
        const place = completionAt(text, Math.min(caret, text.length));
        if (place === null) return;
        expect(place.from).toBeGreaterThanOrEqual(0);
        expect(place.from).toBeLessThanOrEqual(place.to);
        expect(place.to).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
