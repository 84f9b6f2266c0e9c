import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { SignalboxError } from "./error.ts";

const position = z.strictObject({ at: z.number(), id: z.string() });

function refusal(cursor: string): unknown {
  try {
    return decodeCursor(cursor, position);
  } catch (error) {
    return error instanceof SignalboxError ? error.code : error;
  }
}

describe("cursor", () => {
  it("brings every position back and is safe in a URL", () => {
    fc.assert(
      fc.property(
        fc.record({ at: fc.integer(), id: fc.string({ maxLength: 60, unit: "grapheme" }) }),
        (value) => {
          const cursor = encodeCursor(value);
          expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
          expect(decodeCursor(cursor, position)).toEqual(value);
        },
      ),
    );
  });

  it("refuses what it did not give with bad_cursor", () => {
    const notJson = btoa("{").replace(/=+$/, "");
    const otherShape = encodeCursor({ at: "x", id: 1 });
    const notUtf8 = btoa('"\xff"').replaceAll("/", "_").replace(/=+$/, "");
    for (const cursor of ["", "%", "a", "=", notJson, otherShape, notUtf8, "A".repeat(1_001)]) {
      expect(refusal(cursor)).toBe("bad_cursor");
    }
  });
});
