import { beforeAll, expect } from "vitest";
import type { Reply, ServedApi } from "./serve-api.ts";

/** A job as a claim hands it out, as far as tests look. */
export interface Offer {
  id: string;
  attempt: number;
  token: string;
  payload: unknown;
  checkpoint: unknown;
}

const as = { as: "worker" } as const;

/** What a worker and its submitter say over HTTP, with the definitions `work` and `checked` (which has an outputSchema). */
export function workerCalls(call: ServedApi["call"]) {
  beforeAll(async () => {
    const law = { kind: "constant", delayMs: 0 };
    const body = { queue: "work", inputSchema: true, retryPolicy: { law, jitter: "none", maxAttempts: 3 } };
    await call("PUT", "/definitions/work", body, as);
    const outputSchema = { type: "object", required: ["ok"], properties: { ok: { type: "boolean" } } };
    await call("PUT", "/definitions/checked", { ...body, queue: "checked", outputSchema }, as);
  });

  async function register(definitions = ["work"]): Promise<string> {
    const body = { pool: "default", definitions, concurrency: 5, host: "h1", version: "1.2" };
    const reply = await call("POST", "/workers", body, as);
    expect(reply).toMatchObject({ status: 201, body: { leaseMs: 15_000, heartbeatMs: 5_000 } });
    return reply.body.workerId;
  }

  async function submit(definition = "work", payload: unknown = { n: 1 }): Promise<string> {
    return (await call("POST", "/jobs", { definition, payload })).body.job.id;
  }

  async function claim(workerId: string, max = 1, waitMs = 0): Promise<Offer[]> {
    const reply = await call("POST", `/workers/${workerId}/claim`, { max, waitMs }, as);
    expect(reply.status).toBe(200);
    return reply.body.jobs;
  }

  async function claimOne(workerId: string, id: string): Promise<Offer> {
    const [offer, ...others] = await claim(workerId, 1);
    expect(others).toEqual([]);
    expect(offer?.id).toBe(id);
    return offer as Offer;
  }

  async function settle(offer: Offer, verb: string, body: object): Promise<Reply> {
    const path = `/jobs/${offer.id}/attempts/${offer.attempt}/${verb}`;
    return call("POST", path, { token: offer.token, ...body }, as);
  }

  async function jobOf(id: string): Promise<Reply["body"]> {
    return (await call("GET", `/jobs/${id}`)).body.job;
  }

  return { register, submit, claim, claimOne, settle, jobOf };
}
