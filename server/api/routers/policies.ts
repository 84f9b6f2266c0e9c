import { z } from "zod";
import { nameSchema } from "#core/definition/name.ts";
import { SignalboxError } from "#core/error.ts";
import { type RetryPolicy, retryPolicySchema } from "#core/retry/retry-policy.ts";
import { putPolicy } from "#server/operations/policies/put-policy.ts";
import { readLaneTotals } from "#server/store/metrics/read-lane-totals.ts";
import { listPolicies } from "#server/store/policies/find-policy.ts";
import { listPolicyVersions } from "#server/store/policies/list-policy-versions.ts";
import { analysePolicyRetries } from "../policies/analyse-retries.ts";
import {
  builtInPolicy,
  builtInPolicyName,
  findPolicyView,
  noSuchPolicy,
  type PolicyView,
  policyUsers,
  toPolicyView,
} from "../policies/policy-view.ts";
import { runBacktest } from "../policies/run-backtest.ts";
import { reasonInput } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const page = 100;
const versionsPage = 50;
const hourMs = 3_600_000;
const longestWindowMs = 7 * 24 * hourMs;
/** Sent along by lists that load page after page. */
const onward = z.literal("forward").optional();
const name = z.string().min(1).max(100);
const analysedWindow = z.number().int().min(60_000).max(longestWindowMs);

/** What became of failures of the definitions that use a policy, over the last hour. */
export interface PolicyHour {
  retried: number;
  died: number;
}

/** Retry policies: who uses them, their versions, what a change would have done. */
export const policiesRouter = router({
  /** Policies by name, a page at a time, with who uses them; then definitions with a policy of their own. */
  list: procedureFor("viewer")
    .input(z.strictObject({ after: name.nullish() }))
    .query(async ({ ctx, input }) => {
      const after = input.after ?? null;
      const nowMs = ctx.engine.clock.nowMs();
      const [stored, totals] = await Promise.all([
        listPolicies(ctx.db, after, page + 1),
        readLaneTotals(ctx.db, nowMs - hourMs),
      ]);
      const catalog = ctx.engine.catalog.current;
      const views = stored.slice(0, page).map(toPolicyView);
      const hasDefault = (await findPolicyView(ctx.db, builtInPolicyName, null))?.version !== 0;
      const shown =
        after === null && !hasDefault
          ? [...views, builtInPolicy].sort((a, b) => (a.name < b.name ? -1 : 1))
          : views;
      const hourOf = (definitions: readonly string[]): PolicyHour => {
        const hour: PolicyHour = { retried: 0, died: 0 };
        for (const total of totals) {
          const definition = catalog.lanes.get(total.lane)?.definition.name;
          if (definition === undefined || !definitions.includes(definition)) continue;
          hour.retried += total.retried;
          hour.died += total.died;
        }
        return hour;
      };
      const own = [...catalog.definitions.values()]
        .flatMap(({ name: definition, version, spec }) =>
          typeof spec.retryPolicy === "string"
            ? []
            : [{ definition, version, policy: spec.retryPolicy as RetryPolicy, hour: hourOf([definition]) }],
        )
        .sort((a, b) => (a.definition < b.definition ? -1 : 1));
      return {
        asOfMs: nowMs,
        policies: shown.map((view) => {
          const users = policyUsers(catalog, view.name);
          return { ...view, users, hour: hourOf(users.map(({ definition }) => definition)) };
        }),
        own: after === null ? own.slice(0, page) : [],
        next: stored.length > page ? (views.at(-1)?.name ?? null) : null,
      };
    }),

  /** A policy at its newest version or the one asked for, and who uses it. */
  get: procedureFor("viewer")
    .input(z.strictObject({ name, version: z.number().int().min(0).nullish() }))
    .query(async ({ ctx, input }) => {
      const view = await findPolicyView(ctx.db, input.name, input.version ?? null);
      if (view === null) throw noSuchPolicy(input.name);
      return { ...view, users: policyUsers(ctx.engine.catalog.current, input.name) };
    }),

  /** Versions of a policy, newest first, a page at a time; the built-in default is the last one of its name. */
  versions: procedureFor("viewer")
    .input(z.strictObject({ name, cursor: z.number().int().min(1).nullish(), direction: onward }))
    .query(async ({ ctx, input }) => {
      const rows = await listPolicyVersions(ctx.db, input.name, input.cursor ?? null, versionsPage + 1);
      const versions = rows.slice(0, versionsPage).map(({ version, body, createdAtMs, createdBy }) => {
        const view: Pick<PolicyView, "version" | "policy" | "createdAtMs" | "createdBy"> = {
          version,
          policy: retryPolicySchema.parse(body),
          createdAtMs,
          createdBy,
        };
        return view;
      });
      const more = rows.length > versionsPage;
      if (!more && input.name === builtInPolicyName) {
        const { version, policy, createdAtMs, createdBy } = builtInPolicy;
        versions.push({ version, policy, createdAtMs, createdBy });
      }
      return { versions, nextCursor: more ? (versions.at(-1)?.version ?? null) : null };
    }),

  /**
   * Whether retries helped the jobs of a policy's definitions, or of one definition, submitted within the window, and a
   * policy that the record speaks for. At most 600 jobs of 7 days are looked at.
   */
  analyse: procedureFor("viewer")
    .input(
      z.union([
        z.strictObject({ name, windowMs: analysedWindow }),
        z.strictObject({ definition: name, windowMs: analysedWindow }),
      ]),
    )
    .query(({ ctx, input: { windowMs, ...of } }) => analysePolicyRetries(ctx, { of, windowMs })),

  /** Writes a new version that follows `expectedVersion` (0: the first). The next decision obeys it. */
  put: procedureFor("operator")
    .input(
      z.strictObject({
        name: nameSchema,
        policy: z.unknown(),
        expectedVersion: z.number().int().min(0),
        reason: reasonInput,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { policy, expectedVersion } = input;
      if (policy === null || typeof policy !== "object" || Array.isArray(policy))
        throw new SignalboxError("validation", "A policy is a JSON object; nothing was written.");
      const put = await putPolicy(ctx.engine, {
        name: input.name,
        body: { ...policy, expectedVersion },
        actor: ctx.actor.name,
        reason: input.reason || null,
      });
      return { version: put.version, created: put.created };
    }),

  /**
   * Replays recorded jobs under the policy in force and a proposed one. Writes nothing
   * (it is sent as a mutation because a policy may be longer than an address); at most 2,000 jobs of 7 days.
   */
  backtest: procedureFor("operator")
    .input(
      z.strictObject({
        name,
        policy: retryPolicySchema,
        windowMs: analysedWindow,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const inForce = await findPolicyView(ctx.db, input.name, null);
      if (inForce === null) throw noSuchPolicy(input.name);
      return runBacktest(ctx, {
        name: input.name,
        old: inForce.policy,
        new: input.policy,
        windowMs: input.windowMs,
      });
    }),
});
