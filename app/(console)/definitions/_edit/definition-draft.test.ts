import { describe, expect, it } from "vitest";
import { type DefinitionSpec, definitionSchema } from "#core/definition/definition.ts";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import { checkDefinition, toDefinitionDraft } from "./definition-draft.ts";

const full: DefinitionSpec = definitionSchema.parse({
  queue: "shop",
  priority: "high",
  inputSchema: { type: "object", properties: { id: { type: "string" } } },
  outputSchema: { type: "object" },
  retryPolicy: { ...defaultRetryPolicy, maxAttempts: 3 },
  timeouts: { attemptMs: 15_000, heartbeatMs: 500, totalMs: 86_400_000 },
  guarantee: "once-per-key",
  dependencies: ["carrier", "bank"],
  target: { kind: "http", url: "https://example.com/run" },
  owner: "Shop",
  runbookUrl: "https://example.com/runbook",
  description: "Ships.",
  sheddable: true,
  deferrable: true,
  preemptible: true,
  fallback: { definition: "backup" },
  retryBudget: { ratio: 0.1, minPerSecond: 2, windowMs: 60_000 },
});

describe("a definition as text fields", () => {
  it.each([
    ["in full", full],
    ["with a cached fallback", { ...full, fallback: { result: "cached", maxAgeMs: 600_000 } } as const],
    ["of the least", definitionSchema.parse({ queue: "q", inputSchema: true })],
  ])("says the same definition %s", (_name, spec) => {
    expect(checkDefinition(toDefinitionDraft(spec))).toEqual({ spec, errors: new Map() });
  });

  it("names the field that is wrong", () => {
    const draft = toDefinitionDraft(full);
    const wrong = {
      ...draft,
      input: "{",
      attempt: "soon",
      queue: "No Such",
      url: "ftp://x",
      dependencies: "a, a",
    };
    expect([...checkDefinition(wrong).errors.keys()].sort()).toEqual([
      "/dependencies",
      "/inputSchema",
      "/queue",
      "/target/url",
      "/timeouts/attemptMs",
    ]);
  });

  it("tells a fault within a policy of its own at that field, with the place", () => {
    const draft = toDefinitionDraft(full);
    const body = JSON.stringify({ ...defaultRetryPolicy, maxAttempts: 0 });
    expect(checkDefinition({ ...draft, policyJson: body }).errors.get("/retryPolicy")).toMatch(
      /^\/maxAttempts /,
    );
  });
});
