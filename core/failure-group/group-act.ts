import { z } from "zod";
import { nameSchema } from "../definition/name.ts";

/** How far a bound may reach: ms ahead, failures more, failures a minute. */
export const groupActLimits = {
  aheadMs: 366 * 86_400_000,
  more: 1_000_000_000,
  perMinute: 1_000_000,
} as const;

/** What an operator says of a failure group. */
export const groupActSchema = z.discriminatedUnion("act", [
  z.strictObject({
    act: z.literal("resolve"),
    inVersion: z.strictObject({ definition: nameSchema, version: z.int().min(1) }).nullable(),
  }),
  z.strictObject({
    act: z.literal("ignore"),
    bound: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("time"), untilMs: z.int().min(0) }),
      z.strictObject({ kind: z.literal("count"), more: z.int().min(1).max(groupActLimits.more) }),
      z.strictObject({ kind: z.literal("rate"), perMinute: z.int().min(1).max(groupActLimits.perMinute) }),
    ]),
  }),
  z.strictObject({ act: z.literal("reopen") }),
]);
export type GroupAct = z.output<typeof groupActSchema>;
