import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { findAuditCheck } from "#server/store/audit/find-audit-check.ts";
import { findAuditEntry } from "#server/store/audit/find-audit-entry.ts";
import { listAuditEntries } from "#server/store/audit/list-audit-entries.ts";
import { listAuditMarks } from "#server/store/audit/list-audit-marks.ts";
import { listAuditNames } from "#server/store/audit/list-audit-names.ts";
import { readAuditHead } from "#server/store/audit/read-audit-head.ts";
import { procedureFor, router } from "../trpc.ts";

const text = z.string().min(1).max(200);
const instantMs = z.number().int().min(0).max(8.64e15);
const filter = z.strictObject({
  actor: text.optional(),
  action: text.optional(),
  objectKind: text.optional(),
  objectId: text.optional(),
  sinceMs: instantMs.optional(),
  untilMs: instantMs.optional(),
  q: text.optional(),
});
const cursor = z.string().max(1_000).nullish();
const page = 50;
const exportPage = 500;
const mostMarks = 200;
/** What a chart may ask for at once. */
const longestSpanMs = 31 * 86_400_000;

/** The audit trail: read only, by anybody who may look at all. */
export const auditRouter = router({
  /** Entries newest first, a page at a time. */
  list: procedureFor("viewer")
    .input(z.strictObject({ filter, cursor }))
    .query(async ({ ctx, input }) => ({
      ...(await listAuditEntries(ctx.db, input.filter, { limit: page, cursor: input.cursor })),
      asOfMs: ctx.engine.clock.nowMs(),
    })),

  /** The same in the pages that a file is made of. */
  exportPage: procedureFor("viewer")
    .input(z.strictObject({ filter, cursor }))
    .query(({ ctx, input }) =>
      listAuditEntries(ctx.db, input.filter, { limit: exportPage, cursor: input.cursor }),
    ),

  /** One entry by its number, with its hash. */
  get: procedureFor("viewer")
    .input(z.strictObject({ seq: z.number().int().min(1) }))
    .query(async ({ ctx, input }) => {
      const entry = await findAuditEntry(ctx.db, input.seq);
      if (!entry)
        throw new SignalboxError(
          "not_found",
          `There is no audit entry ${input.seq}. Entries are never removed.`,
        );
      return entry;
    }),

  /** The latest entries of one object. */
  ofObject: procedureFor("viewer")
    .input(
      z.strictObject({ objectKind: text, objectId: text, limit: z.number().int().min(1).max(50).default(5) }),
    )
    .query(({ ctx, input: { limit, ...object } }) => listAuditEntries(ctx.db, object, { limit })),

  /** What a chart of a span of time marks, at most 200 acts, oldest first. */
  marks: procedureFor("viewer")
    .input(z.strictObject({ fromMs: instantMs, toMs: instantMs, queue: text.nullish() }))
    .query(async ({ ctx, input: { fromMs, toMs, queue } }) => {
      if (toMs - fromMs > longestSpanMs)
        throw new SignalboxError("validation", "Marks are shown for 31 days at most; nothing was read.", {
          errors: [{ path: "/fromMs", message: "is more than 31 days before toMs" }],
        });
      return {
        marks: await listAuditMarks(ctx.db, { fromMs, toMs, queue: queue ?? null, limit: mostMarks }),
      };
    }),

  /** What the filters can take. */
  names: procedureFor("viewer").query(({ ctx }) => listAuditNames(ctx.db)),

  /** How far the chain has been checked, and where it ends. */
  chain: procedureFor("viewer").query(async ({ ctx }) => {
    const [{ tail, fault, checkedAtMs, lapEndedAtMs, anchoredSeq, anchoredAtMs }, head] = await Promise.all([
      findAuditCheck(ctx.db),
      readAuditHead(ctx.db),
    ]);
    return {
      entries: head.seq,
      wholeSeq: tail.seq,
      checkedAtMs,
      lapEndedAtMs,
      anchoredSeq,
      anchoredAtMs,
      fault,
    };
  }),
});
