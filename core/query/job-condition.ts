import { z } from "zod";
import { storableText } from "../definition/storable-text.ts";
import { failureClasses } from "../failure/failure-class.ts";
import { jobStates } from "../job/job-state.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import { maxValueLength, maxValues } from "./value-limits.ts";

const text = storableText(1, maxValueLength);
const not = z.literal(true).optional();
const anyOf = <Value extends z.ZodType>(value: Value) => z.array(value).min(1).max(maxValues);
const instant = z.number().int().min(0).max(8_640_000_000_000_000);
const attempt = z.number().int().min(0).max(1_000_000);

const bound = z.number().finite();
/** Bounds of a number. */
const numberRange = z.union([
  z.strictObject({ above: bound }),
  z.strictObject({ atLeast: bound, atMost: bound.optional() }),
  z.strictObject({ below: bound }),
  z.strictObject({ atMost: bound }),
]);
export type NumberRange = z.infer<typeof numberRange>;

/** Fields whose values are any text. */
export const textFields = [
  "id",
  "queue",
  "definition",
  "tag",
  "key",
  "concurrency",
  "correlation",
  "group",
  "worker",
  "error",
] as const;
export type TextField = (typeof textFields)[number];

/**
 * One condition on a job: it holds when the field has any of the values, or with `not` when it has none of them.
 * `queue` and `definition` take `*` for any letters. `error` is the name or code of the latest failure, or part of its
 * message; `class` its class; `group` the fingerprint of any failure. `payload` compares the value at a path as text; with
 * a range as a number; with neither the path must exist. `words` stand in the id, the keys, the name of the definition,
 * the latest error or the payload. `worker` is who runs or completed it.
 */
export const jobConditionSchema = z.discriminatedUnion("field", [
  z.strictObject({ field: z.literal("state"), not, anyOf: anyOf(z.enum(jobStates)) }),
  z.strictObject({ field: z.literal("priority"), not, anyOf: anyOf(z.enum(priorityClasses)) }),
  z.strictObject({ field: z.literal("class"), not, anyOf: anyOf(z.enum(failureClasses)) }),
  z.strictObject({ field: z.enum(textFields), not, anyOf: anyOf(text) }),
  z.strictObject({
    field: z.literal("payload"),
    not,
    path: z.array(text).min(1).max(20),
    anyOf: anyOf(storableText(0, maxValueLength)).optional(),
    range: numberRange.optional(),
  }),
  z.strictObject({ field: z.literal("attempt"), from: attempt.optional(), to: attempt.optional() }),
  z.strictObject({ field: z.literal("created"), fromMs: instant.optional(), toMs: instant.optional() }),
  z.strictObject({ field: z.literal("words"), not, anyOf: anyOf(text) }),
]);
export type JobCondition = z.infer<typeof jobConditionSchema>;
