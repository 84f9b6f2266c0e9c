import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownPath } from "./own-path.ts";

describe("the page after signing in", () => {
  it.each(["/", "/jobs?state=dead&queue=billing", "/jobs/12#attempts", "/queues/a%20b"])(
    "is the one asked for: %s",
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    "",
    "jobs",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/sign-in?next=/jobs",
    "/invite/abc",
    "/./sign-in",
  ])("is the first one when another is none of ours: %s", (path) => {
    expect(ownPath(path)).toBe("/");
  });

  it("never leaves this console, whatever is asked for", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "//",
      "@",
      ":",
      "evil.example",
      "..",
      "%2f",
      "\t",
      "?",
      "#",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const url = new URL(ownPath(pieces.join("")), "https://jobs.example.org");
        expect(url.origin).toBe("https://jobs.example.org");
      }),
    );
  });
});
