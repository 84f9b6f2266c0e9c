import { z } from "zod";
import { canonicalJson } from "#core/definition/canonical-json.ts";
import { nameSchema } from "#core/definition/name.ts";
import { storableText } from "#core/definition/storable-text.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findQueue, type QueueRecord } from "#server/store/queues/find-queue.ts";
import { updateQueue } from "#server/store/queues/update-queue.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

/** A limit of later work: null, which is how it stands, is accepted; a value is refused, never ignored. */
function laterLimit(name: string) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value === undefined || value === null) return;
      const message = `${name} is not supported by this version: leave it out or null`;
      context.addIssue({ code: "custom", params: { unsupported: true }, message });
    })
    .optional();
}

/**
 * The body of PATCH /queues/{name}: what is absent stays, null clears a limit. `maxRunning` 0…1,000,000 jobs at a
 * time (0 starts none); `reason` goes into the audit trail.
 */
export const patchQueueSchema = z.strictObject({
  paused: z.boolean().optional(),
  maxRunning: z.number().int().min(0).max(1_000_000).nullable().optional(),
  maxRunningPerKey: laterLimit("maxRunningPerKey"),
  rateLimit: laterLimit("rateLimit"),
  thresholds: laterLimit("thresholds"),
  pool: nameSchema.optional(),
  reason: storableText(1, 500).optional(),
});

export interface PatchQueue {
  name: string;
  /** Not yet checked; see {@link patchQueueSchema}. */
  body: unknown;
  actor: string;
}

/** Change the gates of a queue; acts on the next claim. Throws `validation`, `unsupported` or `not_found`. */
export async function patchQueue(engine: Engine, { name, body, actor }: PatchQueue): Promise<QueueRecord> {
  const parsed = patchQueueSchema.safeParse(body);
  if (!parsed.success) throw validationError(parsed.error, `the change of queue ${name}`);
  const { paused, maxRunning, pool, reason } = parsed.data;
  const { before, after } = await editCatalog(engine, async (transaction) => {
    const before = await findQueue(transaction, name);
    if (before === null) throw noSuchQueue(name);
    const after: QueueRecord = {
      ...before,
      paused: paused ?? before.paused,
      maxRunning: maxRunning === undefined ? before.maxRunning : maxRunning,
      pool: pool ?? before.pool,
    };
    const changed = canonicalJson(before) !== canonicalJson(after);
    if (changed) {
      await updateQueue(transaction, after);
      const trail = { actor, action: "queue.patch", objectKind: "queue", objectId: name, reason };
      await insertAuditEntry(transaction, { ...trail, before: gates(before), after: gates(after) });
    }
    return { changed, result: { before, after } };
  });
  if (!after.paused && canonicalJson(before) !== canonicalJson(after)) wake(engine, name);
  return after;
}

/** Workers asleep since the queue was paused, capped or another pool's hear that it may have work. */
function wake(engine: Engine, name: string): void {
  const lanes = [...engine.catalog.current.lanes.values()].filter((lane) => lane.queue.name === name);
  engine.wake.send(lanes.map((lane) => lane.id));
}

function gates({ paused, maxRunning, pool }: QueueRecord) {
  return { paused, maxRunning, pool };
}

/** The refusal for a queue that no definition has named. */
export function noSuchQueue(name: string): SignalboxError {
  return new SignalboxError(
    "not_found",
    `there is no queue ${name.slice(0, 100)}: a queue comes to be with the first definition that names it`,
  );
}
