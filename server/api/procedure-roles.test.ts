import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { roles } from "#core/access/role.ts";
import type { ApiContext } from "./context.ts";
import { appRouter, createCaller } from "./root.ts";
import type { ProcedureMeta } from "./trpc.ts";

interface Declared {
  _def: { type: "query" | "mutation" | "subscription"; meta?: ProcedureMeta };
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Declared>);

const ownAccount = /^session\./;

describe("every procedure", () => {
  it("is found by this test", () => {
    expect(procedures.map(([name]) => name)).toEqual(
      expect.arrayContaining(["overview.board", "jobs.retry", "live.board"]),
    );
  });

  it.each(procedures)("%s declares the role it needs", (_name, procedure) => {
    expect([...roles, "public"]).toContain(procedure._def.meta?.role);
  });

  it("asks for a role, but for those by which people come in and go out", () => {
    const open = procedures.filter(([, procedure]) => procedure._def.meta?.role === "public");
    expect(open.map(([name]) => name).sort()).toEqual([
      "session.acceptLink",
      "session.link",
      "session.signIn",
      "session.signOut",
    ]);
  });

  it.each(
    procedures.filter(([name, procedure]) => procedure._def.type === "mutation" && !ownAccount.test(name)),
  )("%s changes what is not the caller's own, so a viewer may not call it", (_name, procedure) => {
    expect(procedure._def.meta?.role).not.toBe("viewer");
  });
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
