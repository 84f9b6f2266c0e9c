import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffJson } from "./diff-json.ts";

describe("diffJson", () => {
  it("finds no difference between a value and its copy", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(diffJson(value, JSON.parse(JSON.stringify(value)))).toEqual([]);
      }),
    );
  });

  it("names the place of each change, addition and removal", () => {
    const before = { law: { kind: "constant", delayMs: 5 }, jitter: "none", list: [1, 2] };
    const after = { law: { kind: "constant", delayMs: 9 }, list: [1, 3], maxAttempts: 4 };
    expect(diffJson(before, after)).toEqual([
      { path: "law.delayMs", before: "5", after: "9" },
      { path: "jitter", before: '"none"', after: undefined },
      { path: "list.1", before: "2", after: "3" },
      { path: "maxAttempts", before: undefined, after: "4" },
    ]);
  });

  it("shows a value that changed its kind as a whole", () => {
    expect(diffJson({ a: [1] }, { a: { 0: 1 } })).toEqual([{ path: "a", before: "[1]", after: '{"0":1}' }]);
  });

  it("is not confused by keys that objects inherit", () => {
    expect(diffJson({}, JSON.parse('{"constructor":1}'))).toEqual([
      { path: "constructor", before: undefined, after: "1" },
    ]);
  });
});
