import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visibleText } from "./visible-text.ts";

describe("visibleText", () => {
  test("shows direction marks, zero-width and control characters by their code", () => {
    expect(visibleText("a\u202Eb\u200Bc\u0007d")).toBe("a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩d");
  });
  test("leaves line breaks, tabs, emoji and every script alone", () => {
    const text = "line\n\tnext 👩‍🚀 שלום 日本語 <script>";
    expect(visibleText(text)).toBe(text);
  });
  test("shows lone surrogates", () => {
    expect(visibleText("x\uD800y")).toBe("x⟨U+D800⟩y");
  });
  test("leaves nothing that can turn the reading direction", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(visibleText(text)).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/);
      }),
    );
  });
  test("keeps eight of a flood of marks and counts the others", () => {
    expect(visibleText(`a${"\u0301".repeat(12)}b`)).toBe(`a${"\u0301".repeat(8)}⟨+4⟩b`);
    expect(visibleText("Việt Nam, नमस्ते, ❤️")).toBe("Việt Nam, नमस्ते, ❤️");
  });
});
