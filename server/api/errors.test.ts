import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { errorStatus, SignalboxError } from "#core/error.ts";
import { describeApiError } from "./describe-api-error.ts";
import { toTrpcError } from "./to-trpc-error.ts";

const databaseError = (code: string) => Object.assign(new Error("driver text"), { code });

describe("toTrpcError", () => {
  it.each(Object.keys(errorStatus) as (keyof typeof errorStatus)[])(
    "%s keeps its code and its words",
    (code) => {
      const described = describeApiError(toTrpcError(new SignalboxError(code, "what happened")));
      expect(described).toMatchObject({ code, message: "what happened" });
    },
  );

  it("every code of the closed set but internal has a tRPC code of its own kind", () => {
    for (const code of Object.keys(errorStatus) as (keyof typeof errorStatus)[]) {
      const error = toTrpcError(new SignalboxError(code, "x"));
      expect(error.code === "INTERNAL_SERVER_ERROR").toBe(code === "internal");
    }
  });

  it("a statement that took too long is told as such, with what to do", () => {
    const described = describeApiError(toTrpcError(databaseError("57014")));
    expect(described).toMatchObject({
      code: "not_ready",
      message: expect.stringContaining("Narrow the filter"),
    });
  });

  it("a database that is away is told as such", () => {
    for (const code of ["ECONNREFUSED", "57P01", "53300"]) {
      expect(describeApiError(toTrpcError(databaseError(code)))).toMatchObject({
        code: "not_ready",
        message: expect.stringContaining("does not answer"),
      });
    }
  });

  it("the text of an unknown error never leaves the server", () => {
    const described = describeApiError(toTrpcError(new Error("password=hunter2 at /srv/secret.ts")));
    expect(described.code).toBe("internal");
    expect(JSON.stringify(described)).not.toMatch(/hunter2|secret/);
  });

  it("a bad input names its fields by JSON pointer", () => {
    const parsed = z.object({ ids: z.array(z.string()) }).safeParse({ ids: [1] });
    const described = describeApiError(new TRPCError({ code: "BAD_REQUEST", cause: parsed.error }));
    expect(described.code).toBe("validation");
    expect(described.errors.map(({ path }) => path)).toEqual(["/ids/0"]);
  });
});
