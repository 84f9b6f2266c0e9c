import { describe, expect, it } from "vitest";
import { z } from "zod";
import { putDefinitionSchema } from "#core/definition/definition.ts";
import { brokenSchema } from "#server/operations/jobs/schema-validator.ts";
import { defineJob } from "./define-job.ts";

const handler = () => undefined;

describe("a job in code", () => {
  it("becomes the body of a definition that is accepted as it is", () => {
    const job = defineJob({
      name: "mail.send",
      queue: "mail",
      input: z.object({ to: z.email(), copies: z.number().int().default(1), at: z.date().optional() }),
      output: z.object({ id: z.string() }),
      priority: "high",
      retryPolicy: "gentle",
      timeouts: { attemptMs: 5_000, totalMs: 60_000 },
      guarantee: "at-most-once",
      dependencies: ["smtp"],
      owner: "team-mail",
      handler: () => ({ id: "x" }),
    });
    expect(putDefinitionSchema.safeParse(job.body).error).toBeUndefined();
    expect(brokenSchema(job.body.inputSchema)).toBeNull();
    expect(brokenSchema(job.body.outputSchema)).toBeNull();
    expect(job.body).toMatchObject({
      queue: "mail",
      priority: "high",
      target: { kind: "worker" },
      timeouts: { attemptMs: 5_000, totalMs: 60_000 },
    });
    // What has a default need not be sent.
    expect(job.body.inputSchema).toMatchObject({ required: ["to"] });
  });

  it("without more has one minute an attempt and no output schema", () => {
    const job = defineJob({ name: "a", queue: "q", input: z.unknown(), handler });
    expect(job.body).toMatchObject({ timeouts: { attemptMs: 60_000 } });
    expect(job.body).not.toHaveProperty("outputSchema");
    expect(job.output).toBeNull();
    expect(putDefinitionSchema.safeParse(job.body).success).toBe(true);
  });

  it("says force only where its schema is to be forced", () => {
    const options = { name: "a", queue: "q", input: z.unknown(), handler };
    const forced = defineJob({ ...options, forceSchema: true });
    expect(putDefinitionSchema.parse(forced.body).force).toBe(true);
    expect(defineJob({ ...options, forceSchema: false }).body).not.toHaveProperty("force");
  });

  it("carries neither handler nor name nor Zod objects in its body", () => {
    const job = defineJob({ name: "a", queue: "q", input: z.object({ n: z.number() }), handler });
    expect(JSON.parse(JSON.stringify(job.body))).toEqual(job.body);
    expect(Object.keys(job.body).sort()).toEqual(["inputSchema", "queue", "target", "timeouts"]);
  });
});
