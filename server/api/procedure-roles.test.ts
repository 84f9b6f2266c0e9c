import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import type { ApiContext } from "./context.ts";
import { roles } from "./role.ts";
import { appRouter, createCaller } from "./root.ts";
import type { ProcedureMeta } from "./trpc.ts";

interface Declared {
  _def: { type: "query" | "mutation" | "subscription"; meta?: ProcedureMeta };
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Declared>);

describe("every procedure", () => {
  it("is found by this test", () => {
    expect(procedures.map(([name]) => name)).toEqual(
      expect.arrayContaining(["overview.board", "jobs.retry", "live.board"]),
    );
  });

  it.each(procedures)("%s declares the role it needs", (_name, procedure) => {
    expect(roles).toContain(procedure._def.meta?.role);
  });

  it.each(procedures.filter(([, procedure]) => procedure._def.type === "mutation"))(
    "%s changes something, so a viewer may not call it",
    (_name, procedure) => {
      expect(procedure._def.meta?.role).not.toBe("viewer");
    },
  );
});

describe("a viewer", () => {
  const viewer = createCaller({ actor: { kind: "local", name: "ann", role: "viewer" } } as ApiContext);

  it("is refused an act before its input is even acted on, and is told which role it needs", async () => {
    const refusal = await viewer.jobs
      .cancel({ ids: ["1"], reason: "because" })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TRPCError);
    expect(refusal).toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("operator") });
  });
});
