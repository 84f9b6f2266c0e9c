import { describe, expect, it } from "vitest";
import { validationError } from "../validation-error.ts";
import { definitionSchema, putDefinitionSchema } from "./definition.ts";
import { sameDefinition } from "./definition-diff.ts";
import { nameSchema } from "./name.ts";

const body = { queue: "billing", inputSchema: { type: "object" } };
const policy = {
  law: { kind: "constant", delayMs: 10 },
  jitter: "none",
  maxAttempts: 2,
  honourRetryAfter: true,
};

function errorPaths(change: Record<string, unknown>): string[] {
  const parsed = definitionSchema.safeParse({ ...body, ...change });
  return parsed.success ? [] : validationError(parsed.error, "the definition").errors.map(({ path }) => path);
}

describe("definitionSchema", () => {
  it("fills in what may be left out", () => {
    expect(definitionSchema.parse(body)).toEqual({
      ...body,
      priority: "normal",
      retryPolicy: "default",
      timeouts: { attemptMs: 60_000 },
      guarantee: "at-least-once",
      target: { kind: "worker" },
    });
  });

  it("takes every part of a definition", () => {
    const full = {
      queue: "billing",
      priority: "high",
      inputSchema: true,
      outputSchema: { type: "string" },
      retryPolicy: policy,
      timeouts: { attemptMs: 10, heartbeatMs: 1_000, totalMs: 86_400_000 },
      guarantee: "once-per-key",
      dependencies: ["mail-api", "payments.eu"],
      target: { kind: "http", url: "http://127.0.0.1:9000/hook" },
      owner: "Billing team",
      runbookUrl: "https://example.org/runbook",
      description: "Sends the invoice",
    };
    expect(definitionSchema.parse(full)).toEqual({ ...full, retryPolicy: { ...policy, minDelayMs: 0 } });
    expect(putDefinitionSchema.parse({ ...full, expectedVersion: 3 })).toMatchObject({ expectedVersion: 3 });
  });

  it.each([
    [{ queue: undefined }, "/queue"],
    [{ queue: "Billing" }, "/queue"],
    [{ inputSchema: undefined }, "/inputSchema"],
    [{ inputSchema: false }, "/inputSchema"],
    [{ inputSchema: [] }, "/inputSchema"],
    [{ inputSchema: { properties: { a: { const: "\u0000" } } } }, "/inputSchema/properties/a/const"],
    [{ priority: "urgent" }, "/priority"],
    [{ retryPolicy: "No Such" }, "/retryPolicy"],
    [{ retryPolicy: 5 }, "/retryPolicy"],
    [{ retryPolicy: { ...policy, maxAttempts: 0 } }, "/retryPolicy/maxAttempts"],
    [{ timeouts: { attemptMs: 9 } }, "/timeouts/attemptMs"],
    [{ timeouts: { attemptMs: 86_400_001 } }, "/timeouts/attemptMs"],
    [{ timeouts: { attempt: 5 } }, "/timeouts/attempt"],
    [{ guarantee: "exactly-once" }, "/guarantee"],
    [{ dependencies: ["a", "a"] }, "/dependencies"],
    [{ dependencies: Array.from({ length: 21 }, (_, i) => `d${i}`) }, "/dependencies"],
    [{ target: { kind: "http", url: "ftp://x/" } }, "/target/url"],
    [{ target: { kind: "http", url: "https://me:secret@x/" } }, "/target/url"],
    [{ target: { kind: "http" } }, "/target/url"],
    [{ target: { kind: "lambda" } }, "/target/kind"],
    [{ owner: "a\u0000" }, "/owner"],
    [{ runbookUrl: "javascript:alert(1)" }, "/runbookUrl"],
    [{ description: "\ud800" }, "/description"],
    [{ expectedVersion: 1 }, "/expectedVersion"],
  ])("refuses %j at %s", (change, path) => {
    expect(errorPaths(change)).toEqual([path]);
  });
});

describe("nameSchema", () => {
  it("takes lower-case names of 1 to 100 and nothing else", () => {
    for (const name of ["a", "0", "send-invoice", "a.b_c-9", "a".repeat(100)]) {
      expect(nameSchema.safeParse(name).success).toBe(true);
    }
    for (const name of ["", "-a", ".a", "A", "ä", "a b", "a/b", "a\n", "a".repeat(101), 5]) {
      expect(nameSchema.safeParse(name).success).toBe(false);
    }
  });
});

describe("sameDefinition", () => {
  const parse = (change: Record<string, unknown> = {}) => definitionSchema.parse({ ...body, ...change });

  it("sees through the order of keys and dependencies, defaults and empty lists", () => {
    const a = parse({ inputSchema: { type: "object", required: ["a"] }, dependencies: ["x", "y"] });
    const b = parse({ inputSchema: { required: ["a"], type: "object" }, dependencies: ["y", "x"] });
    expect(sameDefinition(a, b)).toBe(true);
    expect(sameDefinition(parse(), parse({ priority: "normal", dependencies: [], owner: undefined }))).toBe(
      true,
    );
  });

  it("sees every change", () => {
    const required = (names: string[]) => parse({ inputSchema: { required: names } });
    expect(sameDefinition(required(["a", "b"]), required(["b", "a"]))).toBe(false);
    for (const change of [
      { priority: "low" },
      { queue: "other" },
      { timeouts: { attemptMs: 60_001 } },
      { retryPolicy: policy },
      { dependencies: ["x"] },
      { description: "" },
    ]) {
      expect(sameDefinition(parse(), parse(change))).toBe(false);
    }
  });
});
