import { describe, expect, it } from "vitest";
import { permissions, scopeAllows, tokenScopes } from "./scope.ts";

describe("token scopes", () => {
  it("let an operator do everything", () => {
    expect(permissions.filter((permission) => !scopeAllows("operator", permission))).toEqual([]);
  });

  it("let a producer submit and read jobs and receipts, and nothing else", () => {
    const allowed = permissions.filter((permission) => scopeAllows("producer", permission));
    expect(allowed).toEqual(["jobs.submit", "jobs.read", "receipts.read"]);
  });

  it("let a worker run attempts and register its definitions, and nothing else", () => {
    const allowed = permissions.filter((permission) => scopeAllows("worker", permission));
    expect(allowed).toEqual(["workers.run", "definitions.write"]);
  });

  it("are three", () => {
    expect(tokenScopes).toEqual(["producer", "worker", "operator"]);
  });
});
