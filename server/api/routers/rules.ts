import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { failureClasses } from "#core/failure/failure-class.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { putRules } from "#server/operations/rules/put-rules.ts";
import { findRules, type RulesRecord } from "#server/store/rules/find-rules.ts";
import { findRulesVersion } from "#server/store/rules/find-rules-version.ts";
import { listRulesVersions } from "#server/store/rules/list-rules-versions.ts";
import { fingerprintInput } from "../failures/failure-inputs.ts";
import { reasonInput } from "../reason.ts";
import { draftFromGroup } from "../rules/draft-from-group.ts";
import { searchBuiltInRules } from "../rules/search-built-in-rules.ts";
import { tryDraft } from "../rules/try-draft.ts";
import { procedureFor, router } from "../trpc.ts";

const pageVersions = 30;
const pageBuiltIn = 50;
const mostRules = 200;
const version = z.int().min(0);
/** Checked by the operation, whose errors name the field of the rule. */
const draft = z.array(z.unknown()).max(mostRules, `There are more than ${mostRules} rules.`);

const toView = (record: RulesRecord | null) => ({
  version: record?.version ?? 0,
  rules: (record?.rules ?? []) as FailureRule[],
  createdAtMs: record?.createdAt.getTime() ?? null,
  createdBy: record?.createdBy ?? null,
});

/** The rules by which failures are classified: the operators' own, their versions, and those that come with the product. */
export const rulesRouter = router({
  /** The operators' rules in force, in their order. Version 0: none were ever written. */
  get: procedureFor("viewer").query(async ({ ctx }) => toView(await findRules(ctx.db))),

  /** Versions of the operators' rules, newest first. */
  versions: procedureFor("viewer")
    .input(z.strictObject({ before: version.nullish() }))
    .query(async ({ ctx, input }) => {
      const rows = await listRulesVersions(ctx.db, input.before ?? null, pageVersions + 1);
      return { versions: rows.slice(0, pageVersions), more: rows.length > pageVersions };
    }),

  /** The rules as one version had them. */
  version: procedureFor("viewer")
    .input(z.strictObject({ version }))
    .query(async ({ ctx, input }) => {
      if (input.version === 0) return toView(null);
      const record = await findRulesVersion(ctx.db, input.version);
      if (record === null)
        throw new SignalboxError("not_found", `The rules have no version ${input.version}.`);
      return toView(record);
    }),

  /** The rules that come with the product, by words of their name, codes, statuses and patterns. */
  builtIn: procedureFor("viewer")
    .input(
      z.strictObject({
        q: z.string().max(100),
        class: z.enum(failureClasses).nullable(),
        from: z.int().min(0).max(10_000),
      }),
    )
    .query(({ input }) => searchBuiltInRules(input, input.from, pageBuiltIn)),

  /** A rule begun from a failure group, for the editor. */
  draft: procedureFor("viewer")
    .input(z.strictObject({ fingerprint: fingerprintInput }))
    .query(({ ctx, input }) => draftFromGroup(ctx, input.fingerprint)),

  /** What a draft would change of the newest failures. Writes nothing; a mutation because drafts are long. */
  try: procedureFor("operator")
    .input(z.strictObject({ rules: draft }))
    .mutation(({ ctx, input }) => tryDraft(ctx, input.rules)),

  /** Replaces the operators' rules; refused with `version_conflict` when somebody saved meanwhile. */
  put: procedureFor("operator")
    .input(z.strictObject({ rules: draft, expectedVersion: version, reason: reasonInput }))
    .mutation(({ ctx, input }) => {
      const { rules, expectedVersion, reason } = input;
      return putRules(ctx.engine, {
        body: { rules, expectedVersion },
        reason: reason || null,
        actor: ctx.actor.name,
      });
    }),
});
