import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endAttempts } from "#server/operations/attempts/end-attempts.ts";
import { keepLogLines } from "#server/operations/attempts/keep-log-lines.ts";
import { saveCheckpoint } from "#server/store/checkpoints/save-checkpoint.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api } = await testCaller();
await test.define("work", {
  queue: "alpha",
  retryPolicy: { law: { kind: "constant", delayMs: 0 }, jitter: "none", maxAttempts: 1 },
});
await test.define("strict", {
  queue: "alpha",
  inputSchema: { type: "object", required: ["amount"], properties: { amount: { type: "integer" } } },
  retryPolicy: { law: { kind: "constant", delayMs: 0 }, jitter: "none", maxAttempts: 1 },
});

const { engine } = test;
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCError ? error : null),
  );
const later = () => engine.clock.nowMs() + 3_600_000;
const auditOf = (id: string) =>
  test.value(
    `select coalesce(json_agg(row_to_json(a)), '[]')::text from (
      select actor, action, reason, before, after from signalbox.audit_entries where object_id = $1
      union all select actor, action, reason, before, after from signalbox.audit_pending where object_id = $1) a`,
    [id],
  ) as Promise<string>;

/** A job that failed for good with this error, logged these lines and saved this checkpoint. */
async function failedJob(definition: string, payload: unknown, said: string) {
  const id = await test.submit({ definition, payload });
  const worker = await test.worker();
  const claimed = (await worker.claim(100, { leasePerJob: true })).find((each) => each.id === id);
  if (!claimed) throw new Error("not claimed");
  const { leaseId } = claimed;
  const attempt = { leaseId, workerId: worker.id, jobId: id, attempt: 1 };
  await saveCheckpoint(engine.pool, {
    ...attempt,
    data: JSON.stringify({ accessToken: said }),
    schemaVersion: null,
    artifacts: JSON.stringify({ secret: said }),
  });
  await keepLogLines(engine, [
    {
      jobId: id,
      attempt: 1,
      seq: 1,
      atMs: 1,
      level: "info",
      message: `password=${said}`,
      facts: JSON.stringify({ apiKey: said }),
    },
  ]);
  const atMs = engine.clock.nowMs();
  const failure = {
    name: "Error",
    message: `refused: password="${said}"`,
    stack: `Error: token=${said}\n    at pay (/app/pay.ts:1:1)`,
    causes: [{ name: "Error", message: `authorization: Bearer ${said}9` }],
  };
  await endAttempts(
    engine,
    worker.id,
    [{ ...attempt, startedAtMs: atMs, finishedAtMs: atMs, outcome: "failed", failure }],
    [leaseId],
  );
  return id;
}

describe("no secret leaves for the browser", () => {
  it("by any procedure of a job's page, whatever the secret", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^Canary[a-zA-Z0-9]{20}$/), async (secret) => {
        const payload = { password: secret, card: { authorization: [secret] }, note: `Bearer ${secret}1` };
        const id = await failedJob("work", payload, secret);
        const answers = await Promise.all([
          api.jobs.get({ id }),
          api.jobs.events({ id, before: 100 }),
          api.jobs.attempt({ id, number: 1 }),
          api.jobs.logs({ id, attempt: 1, after: 0 }),
          api.jobs.checkpoint({ id }),
          api.jobs.payloads({ id }),
          api.jobs.related({ id }),
          api.jobs.list({ filter: {} }),
        ]);
        expect(JSON.stringify(answers)).not.toContain(secret);
        expect(JSON.stringify(answers)).toContain("••• key rule");
        const stored = await test.value(
          `select (select json_agg(a)::text from signalbox.attempts a where job_id = $1)
            || (select json_agg(l)::text from signalbox.attempt_logs l where job_id = $1)`,
          [id],
        );
        expect(stored).not.toContain(secret);
      }),
      { numRuns: 8 },
    );
  });

  it("by a rule of an operator's own too, for what was stored before the rule was made", async () => {
    const id = await failedJob("work", { customer: "CU-777777" }, "nothing");
    await test.engine.pool.query({
      text: `update signalbox.attempts set error = '{"name":"E","message":"unknown customer CU-777777"}' where job_id = $1`,
      values: [id],
    });
    const before = await api.redaction.get();
    const rules = [{ kind: "value", name: "customer", pattern: "CU-[0-9]{6}" }];
    await api.redaction.put({
      settings: { emails: false, rules },
      expectedVersion: before.version,
      reason: "",
    });
    expect(JSON.stringify(await api.jobs.get({ id }))).not.toContain("CU-777777");
  });
});

describe("a redacted value", () => {
  it("is revealed to whoever says why, and the audit trail keeps the place but never the value", async () => {
    const id = await test.submit({
      definition: "work",
      payload: { password: "hunter2-canary" },
      runAt: later(),
    } as never);
    const asked = { id, text: "payload" as const, pointer: "/password" };
    expect((await refusalOf(api.jobs.reveal({ ...asked, reason: "" })))?.code).toBe("UNPROCESSABLE_CONTENT");
    expect(await api.jobs.reveal({ ...asked, reason: "a customer waits" })).toEqual({
      value: '"hunter2-canary"',
    });
    const audit = await auditOf(id);
    expect(audit).toContain("job.reveal");
    expect(audit).toContain("/password");
    expect(audit).toContain("a customer waits");
    expect(audit).not.toContain("hunter2");
  });

  it("is the only thing that can be revealed", async () => {
    const id = await test.submit({ definition: "work", payload: { open: 1 } });
    const asked = { id, text: "payload" as const, pointer: "/open", reason: "curious" };
    expect(await refusalOf(api.jobs.reveal(asked))).not.toBeNull();
    expect(await auditOf(id)).not.toContain("job.reveal");
  });

  it("survives an edit of what is around it, and the payload before is kept", async () => {
    const id = await failedJob("work", { amount: 1, password: "hunter2" }, "x");
    const { job } = await api.jobs.get({ id });
    const edited = JSON.stringify({ ...JSON.parse(job.payload?.text ?? ""), amount: 2 });
    expect(edited).not.toContain("hunter2");
    await api.jobs.retryEdited({ id, payload: edited, reason: "wrong amount" });
    const stored = await test.value(
      "select payload::text from signalbox.amendments where job_id = $1 order by revision desc limit 1",
      [id],
    );
    expect(JSON.parse(stored as string)).toEqual({ amount: 2, password: "hunter2" });
    expect((await api.jobs.payloads({ id })).map(({ payload }) => JSON.parse(payload).amount)).toEqual([
      1, 2,
    ]);
  });
});

describe("an edited retry", () => {
  it("names the field that does not fit the schema, and leaves the job as it was", async () => {
    const id = await failedJob("strict", { amount: 1 }, "x");
    const refused = await refusalOf(api.jobs.retryEdited({ id, payload: '{"amount":"two"}', reason: "try" }));
    expect(refused?.code).toBe("UNPROCESSABLE_CONTENT");
    expect(JSON.stringify((refused?.cause as { errors?: unknown })?.errors)).toContain("/payload/amount");
    expect((await api.jobs.get({ id })).job.state).toBe("dead");
    expect(await refusalOf(api.jobs.retryEdited({ id, payload: "{not json", reason: "try" }))).not.toBeNull();
  });
});

describe("a note", () => {
  it("stands in the timeline and the audit trail with its author, in any state, its secrets cut out", async () => {
    const id = await test.submit({ definition: "work" });
    await api.jobs.note({ id, text: "asked the customer; password: hunter2secret" });
    const { job } = await api.jobs.get({ id });
    expect(job.state).toBe("available");
    const note = job.events.find(({ kind }) => kind === "noted");
    expect(note).toMatchObject({ actor: "local", from: "available", to: "available" });
    expect(note?.because[0]).toContain("asked the customer");
    expect(await auditOf(id)).toContain("job.note");
    expect(JSON.stringify(job) + (await auditOf(id))).not.toContain("hunter2secret");
  });
});

describe("redaction settings", () => {
  it("are versions: a stale edit is refused, a broken rule named by its place, each change audited", async () => {
    const { version, settings } = await api.redaction.get();
    const put = (rules: unknown[], expectedVersion: number) =>
      api.redaction.put({ settings: { emails: false, rules }, expectedVersion, reason: "privacy" });
    const rules = [...settings.rules, { kind: "key", name: "plates", key: "*plate" }];
    expect(await put(rules, version)).toMatchObject({ version: version + 1 });
    expect((await refusalOf(put(rules, version)))?.code).toBe("CONFLICT");
    const broken = await refusalOf(put([{ kind: "value", name: "x", pattern: "(" }], version + 1));
    expect(broken?.message).toContain("/rules/0/pattern");
    expect(await auditOf("redaction")).toContain("plates");
  });

  it("are tried on the newest jobs without showing a value", async () => {
    await test.define("plates", { queue: "alpha" });
    await test.submit({ definition: "plates", payload: { carPlate: "AB-123-canary" } });
    const settings = { rules: [{ kind: "key", name: "plates", key: "*plate" }] };
    const sample = await api.redaction.tryJobs({ settings, definition: "plates" });
    expect(sample).toEqual({
      jobs: 1,
      places: [{ text: "payload", pointer: "/carPlate", kind: "key", rule: "plates", jobs: 1 }],
    });
    const text = JSON.stringify({ carPlate: "AB" });
    expect((await api.redaction.tryText({ settings, text, definition: null })).text).toContain(
      "••• key rule",
    );
  });
});
