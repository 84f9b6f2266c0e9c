import { z } from "zod";
import { namePattern } from "#core/definition/name.ts";
import { failureClasses } from "#core/failure/failure-class.ts";
import { jobStates } from "#core/job/job-state.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import type { JobFilter } from "#server/store/jobs/job-filter.ts";

/** A comma list of words of a set; a word that is said twice counts once. */
function listOf<Word extends string>(words: readonly Word[]) {
  return z.string().transform((text, context): Word[] => {
    const list = text.split(",");
    const unknown = list.find((word) => !(words as readonly string[]).includes(word));
    if (unknown === undefined) return [...new Set(list)] as Word[];
    context.addIssue({ code: "custom", message: `must be a comma list of ${words.join(", ")}` });
    return z.NEVER;
  });
}

const wholeNumber = (min: number, max: number, standard: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(standard);

const text = z.string().min(1).max(200);
const name = z
  .string()
  .regex(namePattern, "must be a name: 1 to 100 of a-z, 0-9, dot, underscore and hyphen");
const time = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 time with Z or an offset" })
  .transform((iso) => Date.parse(iso));

/** Paging by `cursor` and `limit` (1–200, default 50). */
export const pageShape = { cursor: z.string().min(1).max(1_000).optional(), limit: wholeNumber(1, 200, 50) };
export const pageSchema = z.strictObject(pageShape);

const jobFilterShape = {
  state: listOf(jobStates).optional(),
  queue: name.optional(),
  definition: name.optional(),
  priority: listOf(priorityClasses).optional(),
  tag: z.string().min(1).max(60).optional(),
  correlationId: text.optional(),
  idempotencyKey: text.optional(),
  concurrencyKey: text.optional(),
  failureGroup: text.optional(),
  class: z.enum(failureClasses).optional(),
  q: text.optional(),
  since: time.optional(),
  until: time.optional(),
};
type GivenFilter = z.output<z.ZodObject<typeof jobFilterShape>>;

function toFilter({ state, priority, class: failureClass, since, until, ...rest }: GivenFilter): JobFilter {
  return {
    ...rest,
    states: state,
    priorities: priority,
    failureClass,
    sinceMs: since,
    untilMs: until,
  };
}

/** The filters of GET /jobs, as the body of a call that acts on what they find. */
export const jobFilterSchema = z.strictObject(jobFilterShape).transform(toFilter);

/** The filters and paging of GET /jobs. */
export const jobListSchema = z
  .strictObject({ ...jobFilterShape, ...pageShape })
  .transform(({ cursor, limit, ...given }) => ({ filter: toFilter(given), cursor, limit }));

/** `version` of a definition or policy; the newest when absent. */
export const versionSchema = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/, "must be a version number from 1")
    .transform(Number)
    .optional(),
});

/** GET /workers: with `live=true` only registrations that have not ended. */
export const workerListSchema = z.strictObject({
  live: z
    .enum(["true", "false"])
    .default("true")
    .transform((word) => word === "true"),
  ...pageShape,
});
