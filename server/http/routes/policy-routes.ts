import { z } from "zod";
import { nameSchema } from "#core/definition/name.ts";
import { SignalboxError } from "#core/error.ts";
import { failureClasses } from "#core/failure/failure-class.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import { putPolicySchema, type RetryPolicy, retryPolicySchema } from "#core/retry/retry-policy.ts";
import { simulatePolicy } from "#core/retry/simulate-policy.ts";
import type { Queryable } from "#db/client.ts";
import { putPolicy } from "#server/operations/policies/put-policy.ts";
import { findPolicy, listPolicies, type PolicyRecord } from "#server/store/policies/find-policy.ts";
import { type Route, route } from "../route.ts";
import { policyViewSchema } from "../schemas/catalog-schemas.ts";
import { instant } from "../schemas/job-schemas.ts";
import { pageSchema, versionSchema } from "../schemas/query-schemas.ts";
import { afterName, namePage } from "./name-page.ts";

const written = z.strictObject({ name: z.string(), version: z.int(), policy: policyViewSchema });

const namedPolicy = z.strictObject({ name: nameSchema, version: z.number().int().min(0).optional() });
const simulateSchema = z.strictObject({
  policy: z.union([namedPolicy, retryPolicySchema], {
    error: "must be a policy, or {name, version?} of one",
  }),
  failureClass: z.enum(failureClasses).default("transient"),
  priority: z.enum(priorityClasses).default("normal"),
  attempts: z.number().int().min(1).max(1_000),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});

export const policyRoutes: Route[] = [
  route({
    method: "POST",
    path: "/policies/simulate",
    permission: "policies.simulate",
    name: "simulatePolicy",
    tag: "policies",
    summary: "The schedule a policy gives a job that always fails",
    body: simulateSchema,
    answers: {
      200: {
        description: "Delays between attempts, when each would start from now, and why it would give up",
        schema: z.strictObject({
          delaysMs: z.array(z.number()),
          runAt: z.array(instant),
          giveUpReason: z.enum(["max-attempts", "max-elapsed", "class-not-retried"]).nullable(),
        }),
      },
    },
    refusals: [404],
    handle: async ({ context, body }) => {
      const { policy, ...rest } = body;
      const inForce =
        "law" in policy
          ? policy
          : (await load(context.engine.pool, policy.name, policy.version ?? null)).policy;
      const simulated = simulatePolicy({ policy: inForce, ...rest, startMs: context.engine.clock.nowMs() });
      const runAt = simulated.runAtMs.map((atMs) => new Date(atMs).toISOString());
      return {
        status: 200,
        json: { delaysMs: simulated.delaysMs, runAt, giveUpReason: simulated.giveUpReason },
      };
    },
  }),
  route({
    method: "PUT",
    path: "/policies/{name}",
    params: { name: "name" },
    permission: "policies.write",
    name: "putPolicy",
    tag: "policies",
    summary: "Write a retry policy",
    description:
      "A new immutable version that the next decision obeys, or the version there is when nothing changed.",
    body: putPolicySchema,
    bodyUnchecked: true,
    answers: {
      201: { description: "A new version", schema: written },
      200: { description: "Nothing changed", schema: written },
    },
    refusals: [404, 409],
    handle: async ({ context, params, body, actor }) => {
      const put = await putPolicy(context.engine, { name: params.name as string, body, actor });
      const policy = await load(context.engine.pool, put.name, put.version);
      return {
        status: put.created ? 201 : 200,
        json: { name: put.name, version: put.version, policy: policy.view },
      };
    },
  }),
  route({
    method: "GET",
    path: "/policies/{name}",
    params: { name: "name" },
    permission: "policies.read",
    name: "getPolicy",
    tag: "policies",
    summary: "A retry policy, at its newest version or the one asked for",
    description: "The policy called default is always there: version 0 is the built-in one.",
    query: versionSchema,
    answers: { 200: { description: "The policy", schema: z.strictObject({ policy: policyViewSchema }) } },
    refusals: [404],
    handle: async ({ context, params, query }) => {
      const { view } = await load(context.engine.pool, params.name as string, query.version ?? null);
      return { status: 200, json: { policy: view } };
    },
  }),
  route({
    method: "GET",
    path: "/policies",
    permission: "policies.read",
    name: "listPolicies",
    tag: "policies",
    summary: "Retry policies by name, at their newest versions",
    description: "The built-in default stands first until one of that name is written.",
    query: pageSchema,
    answers: {
      200: {
        description: "A page",
        schema: z.strictObject({ policies: z.array(policyViewSchema), nextCursor: z.string().nullable() }),
      },
    },
    refusals: [400],
    handle: async ({ context, query }) => {
      const after = afterName(query.cursor);
      const { pool } = context.engine;
      const stored = (await listPolicies(pool, after, query.limit + 1)).map(view);
      const isListed = after !== null || (await findPolicy(pool, builtInName, null)) !== null;
      const { page, nextCursor } = namePage(
        isListed ? stored : [...stored, builtIn.view].sort(byName),
        query.limit,
      );
      return { status: 200, json: { policies: page, nextCursor } };
    },
  }),
];

type PolicyView = RetryPolicy & {
  name: string;
  version: number;
  latestVersion: number;
  createdAt: string | null;
  createdBy: string;
};

const builtInName = "default";
const builtIn = {
  policy: defaultRetryPolicy,
  view: {
    name: builtInName,
    version: 0,
    latestVersion: 0,
    ...defaultRetryPolicy,
    createdAt: null,
    createdBy: "system",
  } as PolicyView,
};

async function load(
  db: Queryable,
  name: string,
  version: number | null,
): Promise<{ policy: RetryPolicy; view: PolicyView }> {
  if (name === builtInName && version === 0) return builtIn;
  const record = await findPolicy(db, name, version);
  if (record !== null) return { policy: retryPolicySchema.parse(record.body), view: view(record) };
  if (name === builtInName && version === null) return builtIn;
  const what = version === null ? `policy ${name}` : `version ${version} of a policy ${name}`;
  throw new SignalboxError("not_found", `there is no ${what}: PUT /policies/${name} writes one`);
}

function view({ name, version, latestVersion, body, createdAt, createdBy }: PolicyRecord): PolicyView {
  return {
    name,
    version,
    latestVersion,
    ...retryPolicySchema.parse(body),
    createdAt: createdAt.toISOString(),
    createdBy,
  };
}

function byName(a: PolicyView, b: PolicyView): number {
  return a.name < b.name ? -1 : 1;
}
