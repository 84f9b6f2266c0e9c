import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkPayload,
  checkPayloadText,
  maxPayloadBytes,
  maxPayloadDepth,
  utf8Bytes,
} from "./payload-limits.ts";

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

function refusal(value: unknown): { code: string; path: string } | null {
  const check = checkPayload(value);
  return check.ok ? null : { code: check.code, path: check.path };
}

describe("checkPayload", () => {
  it("takes any JSON and gives its text and size", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        const bytes = new TextEncoder().encode(text).length;
        expect(checkPayloadText(text).ok).toBe(checkPayload(value).ok);
        if (!text.includes("\\u")) expect(checkPayload(value)).toEqual({ ok: true, text, bytes });
      }),
    );
  });

  it("takes 64 levels and refuses 65, ten thousand and a cycle, without running out of stack", () => {
    expect(checkPayload(nested(maxPayloadDepth)).ok).toBe(true);
    const tooDeep = checkPayload(nested(maxPayloadDepth + 1));
    expect(tooDeep).toMatchObject({ ok: false, code: "validation", message: "nested deeper than 64 levels" });
    expect(checkPayload(nested(10_000)).ok).toBe(false);
    expect(checkPayloadText(`${"[".repeat(10_000)}${"]".repeat(10_000)}`).ok).toBe(false);
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(checkPayload(cycle).ok).toBe(false);
  });

  it("takes 256 KiB of UTF-8 and refuses a byte more as too large", () => {
    const fits = "é".repeat((maxPayloadBytes - 2) / 2);
    expect(checkPayload(fits)).toMatchObject({ ok: true, bytes: maxPayloadBytes });
    expect(refusal(`${fits}x`)).toEqual({ code: "too_large", path: "" });
    expect(checkPayloadText(`"${fits}"`).ok).toBe(true);
    expect(checkPayloadText(` "${fits}"`)).toMatchObject({ ok: false, code: "too_large" });
  });

  it("names the place of U+0000 and lone surrogates, in values and in keys", () => {
    expect(refusal({ a: [1, { "b/c~d": "x\u0000" }] })).toEqual({ code: "validation", path: "/a/1/b~1c~0d" });
    expect(refusal(["ok", "\ud83d"])).toEqual({ code: "validation", path: "/1" });
    expect(refusal("\ude00")).toEqual({ code: "validation", path: "" });
    expect(refusal({ a: { "k\u0000": 1 } })).toEqual({ code: "validation", path: "/a/k\uFFFD" });
    expect(refusal({ "\ud800": 1 })).toEqual({ code: "validation", path: "/\uFFFD" });
    expect(refusal({ fine: "😀" })).toBeNull();
    expect(checkPayloadText('{"a":"\\u0000"}')).toMatchObject({ ok: false, path: "/a" });
    expect(checkPayloadText('"\\ud83d\\ude00"').ok).toBe(true);
  });

  it("names the first of several wrong places, in the order of the document", () => {
    expect(refusal({ a: 1, b: ["x", Number.NaN], c: "\u0000" })).toMatchObject({ path: "/b/1" });
  });

  it("refuses what JSON would lose or cannot say, and leaves out members without a value", () => {
    for (const value of [undefined, Number.NaN, Number.NEGATIVE_INFINITY, 1n, Symbol("s"), () => 1]) {
      expect(refusal(value)).toEqual({ code: "validation", path: "" });
      if (value !== undefined) expect(refusal({ a: value })?.path).toBe("/a");
    }
    expect(refusal({ a: [undefined] })?.path).toBe("/a/0");
    expect(refusal({ a: new Map([[1, 2]]) })?.path).toBe("/a");
    expect(checkPayload({ a: undefined, at: new Date(0) })).toMatchObject({
      ok: true,
      text: '{"at":"1970-01-01T00:00:00.000Z"}',
    });
  });

  it("refuses text that is not JSON", () => {
    for (const text of ["", "{", "undefined", "{'a':1}", "1 2"]) {
      expect(checkPayloadText(text)).toMatchObject({ ok: false, code: "validation", path: "" });
    }
  });
});

describe("utf8Bytes", () => {
  it("counts as an encoder does, for any text", () => {
    const unit = fc.oneof(
      fc.nat(0xffff).map((code) => String.fromCharCode(code)),
      fc.constantFrom("a", "é", "€", "😀", "\ud83d", "\ude00"),
    );
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        const text = units.join("");
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});
