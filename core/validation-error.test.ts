import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonPointer, validationError } from "./validation-error.ts";

const schema = z.strictObject({
  count: z.number(),
  policy: z.union([z.string(), z.strictObject({ law: z.strictObject({ delayMs: z.number() }) })]).optional(),
});

function refused(body: unknown) {
  const parsed = schema.safeParse(body);
  if (parsed.success) throw new Error("the body was accepted");
  return validationError(parsed.error, "the thing");
}

describe("validationError", () => {
  it("names every field by JSON pointer, unknown keys too", () => {
    const error = refused({ count: "1", extra: 1, "a/b~c": 2 });
    expect(error.code).toBe("validation");
    expect(error.status).toBe(422);
    expect(error.errors.map(({ path }) => path).sort()).toEqual(["/a~1b~0c", "/count", "/extra"]);
    expect(error.message).toContain("the thing is not valid");
  });

  it("reports inside the branch of a union that the value is of", () => {
    expect(refused({ count: 1, policy: { law: { delayMs: "x" } } }).errors).toMatchObject([
      { path: "/policy/law/delayMs" },
    ]);
    expect(refused({ count: 1, policy: 5 }).errors).toMatchObject([{ path: "/policy" }]);
  });

  it("writes the whole body as the empty pointer", () => {
    expect(jsonPointer([])).toBe("");
    expect(refused(null).errors[0]?.path).toBe("");
  });
});
