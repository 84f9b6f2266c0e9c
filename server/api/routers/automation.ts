import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { canUndo } from "#server/operations/automation/can-undo.ts";
import { undoAutomation } from "#server/operations/automation/undo-automation.ts";
import { listAutomationEvents } from "#server/store/automation/list-automation-events.ts";
import { listAutomationMarks } from "#server/store/automation/list-automation-marks.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const text = z.string().min(1).max(200);
const instantMs = z.number().int().min(0).max(8.64e15);
const object = z.strictObject({ kind: text, id: text });
const filter = z.strictObject({
  kind: text.optional(),
  objectKind: text.optional(),
  objectId: text.optional(),
  sinceMs: instantMs.optional(),
  untilMs: instantMs.optional(),
});
const page = 50;
const mostMarks = 200;
/** What a chart may ask for at once. */
const longestSpanMs = 31 * 86_400_000;

/** What Signalbox did by itself. */
export const automationRouter = router({
  /** Events newest first, a page at a time. */
  list: procedureFor("viewer")
    .input(
      z.strictObject({
        filter,
        cursor: z.string().max(1_000).nullish(),
        limit: z.number().int().min(1).max(page).default(page),
      }),
    )
    .query(async ({ ctx, input: { filter, cursor, limit } }) => {
      const { events, nextCursor } = await listAutomationEvents(ctx.db, filter, { limit, cursor });
      return {
        // What is over has no way back any more.
        events: events.map((event) => (canUndo(ctx.engine, event) ? event : { ...event, undo: null })),
        nextCursor,
        asOfMs: ctx.engine.clock.nowMs(),
      };
    }),

  /**
   * What a chart of a span of time marks, at most 200 events, oldest first: of all, of a queue with what its definitions
   * need, or of one object.
   */
  marks: procedureFor("viewer")
    .input(
      z.strictObject({ fromMs: instantMs, toMs: instantMs, queue: text.nullish(), object: object.nullish() }),
    )
    .query(async ({ ctx, input: { fromMs, toMs, queue, object } }) => {
      if (toMs - fromMs > longestSpanMs)
        throw new SignalboxError("validation", "Marks are shown for 31 days at most; nothing was read.", {
          errors: [{ path: "/fromMs", message: "is more than 31 days before toMs" }],
        });
      const lanes = [...ctx.engine.catalog.current.lanes.values()];
      const objects = object ? [object] : queue ? objectsOf(queue, lanes) : null;
      return { marks: await listAutomationMarks(ctx.db, { fromMs, toMs, objects, limit: mostMarks }) };
    }),

  /** Takes an act back, as the act itself names it. Needs a reason. */
  undo: procedureFor("operator")
    .input(z.strictObject({ id: z.number().int().min(1), reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      requireReason(input.reason);
      const { kind, objectKind, objectId } = await undoAutomation(ctx.engine, {
        eventId: input.id,
        reason: input.reason,
        actor: ctx.actor.name,
      });
      return { kind, objectKind, objectId };
    }),
});

interface NamedLane {
  queue: { name: string; pool: string };
  definition: { name: string };
  dependencies: readonly { name: string }[];
}

/** A queue, its pool, its definitions, and what they need: acts on any of these change how its work flows. */
function objectsOf(queue: string, lanes: readonly NamedLane[]): { kind: string; id: string }[] {
  const mine = lanes.filter((lane) => lane.queue.name === queue);
  const of = (kind: string, ids: readonly string[]) => [...new Set(ids)].map((id) => ({ kind, id }));
  return [
    { kind: "queue", id: queue },
    ...of(
      "pool",
      mine.map((lane) => lane.queue.pool),
    ),
    ...of(
      "definition",
      mine.map(({ definition }) => definition.name),
    ),
    ...of(
      "dependency",
      mine.flatMap(({ dependencies }) => dependencies.map(({ name }) => name)),
    ),
  ];
}
