import { z } from "zod";
import { canonicalJson } from "#core/definition/canonical-json.ts";
import { nameSchema } from "#core/definition/name.ts";
import { storableText } from "#core/definition/storable-text.ts";
import { SignalboxError } from "#core/error.ts";
import { changeKeyWeights, type KeyWeights, mostWeightedKeys, weightOf } from "#core/flow/key-weights.ts";
import { keyWeightsChangeSchema } from "#core/flow/key-weights-schema.ts";
import { fullBucket, resizeBucket } from "#core/flow/token-bucket.ts";
import { findContradiction } from "#core/pressure/queue-thresholds.ts";
import { queueThresholdsSchema } from "#core/pressure/queue-thresholds-schema.ts";
import { validationError } from "#core/validation-error.ts";
import type { Queryable } from "#db/client.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { isoTime } from "#server/store/jobs/job-view.ts";
import { openKeyLine } from "#server/store/keys/open-key-line.ts";
import { findQueue, type QueueRecord } from "#server/store/queues/find-queue.ts";
import { lockQueueGates } from "#server/store/queues/lock-queue-gates.ts";
import { saveBucket } from "#server/store/queues/save-bucket.ts";
import { updateQueue } from "#server/store/queues/update-queue.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

const rateLimitSchema = z.strictObject({
  count: z.number().int().min(1).max(1_000_000),
  perMs: z.number().int().min(1).max(86_400_000),
});

/**
 * The body of PATCH /queues/{name}: what is absent stays, null clears a limit. `maxRunning` 0…1,000,000 jobs at a
 * time (0 starts none); `maxRunningPerKey` 1…1,000,000 of one concurrency key, no more than `maxRunning`; `fair` takes jobs
 * with a key in turn from each key; `keyWeights` changes the shares of the keys named in it, 0.1…100 (null: 1); `rateLimit` at most `count` starts in `perMs` (1…1,000,000 in 1…86,400,000 ms), as many at once;
 * `thresholds` from where on submits are refused or signalled (core/pressure/queue-thresholds.ts);
 * `pausedUntil` ends a pause by itself; `draining` refuses new submits until what is there is done, then pauses;
 * `reason` goes into the audit trail.
 */
export const patchQueueSchema = z.strictObject({
  paused: z.boolean().optional(),
  pausedUntil: z.iso.datetime({ offset: true }).nullable().optional(),
  draining: z.boolean().optional(),
  maxRunning: z.number().int().min(0).max(1_000_000).nullable().optional(),
  maxRunningPerKey: z.number().int().min(1).max(1_000_000).nullable().optional(),
  fair: z.boolean().optional(),
  keyWeights: keyWeightsChangeSchema.optional(),
  rateLimit: rateLimitSchema.nullable().optional(),
  thresholds: queueThresholdsSchema.nullable().optional(),
  pool: nameSchema.optional(),
  reason: storableText(1, 500).optional(),
});
type QueueChange = z.output<typeof patchQueueSchema>;

export interface PatchQueue {
  name: string;
  /** Not yet checked; see {@link patchQueueSchema}. */
  body: unknown;
  actor: string;
  /** Asked under the lock: the change is left undone unless it says yes. For acts of the system. */
  onlyIf?: (queue: QueueRecord, transaction: Queryable) => boolean | Promise<boolean>;
}

/** Change the gates of a queue; acts on the next claim. Throws `validation`, `unsupported` or `not_found`. */
export async function patchQueue(engine: Engine, patch: PatchQueue): Promise<QueueRecord> {
  const { name, body, actor, onlyIf } = patch;
  const parsed = patchQueueSchema.safeParse(body);
  if (!parsed.success) throw validationError(parsed.error, `the change of queue ${name}`);
  const { before, after } = await editCatalog(engine, async (transaction) => {
    const before = await findQueue(transaction, name);
    if (before === null) throw noSuchQueue(name);
    const nowMs = engine.clock.nowMs();
    const allowed = onlyIf === undefined || (await onlyIf(before, transaction));
    const after = allowed ? changedQueue(before, parsed.data, nowMs) : before;
    const changed = canonicalJson(before) !== canonicalJson(after);
    if (changed) {
      await updateQueue(transaction, after);
      if (canonicalJson(before.rateLimit) !== canonicalJson(after.rateLimit))
        await fitBucket(transaction, after);
      if (limitsItsKeys(after) && !limitsItsKeys(before)) await openKeyLine(transaction, after.id);
      const trail = { actor, action: "queue.patch", objectKind: "queue", objectId: name };
      const { reason } = parsed.data;
      await insertAuditEntry(transaction, {
        ...trail,
        reason,
        ...{
          before: { ...gates(before), ...weightsThatDiffer(before, after) },
          after: { ...gates(after), ...weightsThatDiffer(after, before) },
        },
      });
    }
    return { changed, result: { before, after } };
  });
  if (!after.paused && canonicalJson(before) !== canonicalJson(after)) wake(engine, name);
  return after;
}

function changedQueue(before: QueueRecord, change: QueueChange, nowMs: number): QueueRecord {
  const paused = change.paused ?? before.paused;
  const asked = change.pausedUntil;
  const askedMs = asked ? Date.parse(asked) : null;
  if (askedMs !== null && !paused)
    throw wrongField("/pausedUntil", "goes with a pause: give paused true as well, or leave it out");
  if (askedMs !== null && askedMs <= nowMs)
    throw wrongField("/pausedUntil", "has passed already: give a time to come, or leave it out");
  const until = askedMs === null ? null : isoTime(askedMs);
  const since = before.drainingSince ?? isoTime(nowMs);
  const limits = {
    maxRunning: change.maxRunning === undefined ? before.maxRunning : change.maxRunning,
    maxRunningPerKey:
      change.maxRunningPerKey === undefined ? before.maxRunningPerKey : change.maxRunningPerKey,
    rateLimit: change.rateLimit === undefined ? before.rateLimit : change.rateLimit,
  };
  refusePointlessCap(limits, change);
  const thresholds = change.thresholds === undefined ? before.thresholds : change.thresholds;
  const contradiction = findContradiction(thresholds, limits);
  if (contradiction !== null) throw wrongField(`/thresholds/${contradiction.field}`, contradiction.message);
  const keyWeights =
    change.keyWeights === undefined
      ? before.keyWeights
      : changeKeyWeights(before.keyWeights, change.keyWeights);
  if (Object.keys(keyWeights).length > mostWeightedKeys)
    throw wrongField(
      "/keyWeights",
      `would be more than ${mostWeightedKeys}: take off those that are near 1, or put the many at 1 and the few apart`,
    );
  return {
    ...before,
    paused,
    // A pause asked for anew, without a time, is one that someone must end.
    pausedUntil: paused && asked === undefined && change.paused === undefined ? before.pausedUntil : until,
    drainingSince: (change.draining ?? before.drainingSince !== null) ? since : null,
    ...limits,
    fair: change.fair ?? before.fair,
    keyWeights,
    thresholds,
    pool: change.pool ?? before.pool,
  };
}

/** A cap per key beyond the cap of the queue would never hold anything: whoever sets it means something else. */
function refusePointlessCap(
  { maxRunning, maxRunningPerKey }: Pick<QueueRecord, "maxRunning" | "maxRunningPerKey">,
  change: QueueChange,
): void {
  if (maxRunning === null || maxRunning === 0 || maxRunningPerKey === null || maxRunningPerKey <= maxRunning)
    return;
  const most = `the ${maxRunning} that the queue runs at most`;
  if (typeof change.maxRunningPerKey === "number")
    throw wrongField(
      "/maxRunningPerKey",
      `is more than ${most}: give ${maxRunning} or less, or raise maxRunning`,
    );
  if (typeof change.maxRunning === "number")
    throw wrongField(
      "/maxRunning",
      `is less than the ${maxRunningPerKey} that may run of one key: lower maxRunningPerKey with it`,
    );
}

/** The bucket follows the limit: a new one is full, a changed one keeps the tokens it has. */
async function fitBucket(transaction: Queryable, queue: QueueRecord): Promise<void> {
  const standing = await lockQueueGates(transaction, queue.id);
  const { rateLimit } = queue;
  if (rateLimit === null || standing === null) return saveBucket(transaction, queue.id, null);
  const { bucket, nowMs } = standing;
  const fitted = bucket === null ? fullBucket(rateLimit, nowMs) : resizeBucket(bucket, rateLimit, nowMs);
  await saveBucket(transaction, queue.id, fitted);
}

/** Workers asleep since the queue was paused, limited or another pool's hear that it may have work. */
function wake(engine: Engine, name: string): void {
  const lanes = [...engine.catalog.current.lanes.values()].filter((lane) => lane.queue.name === name);
  engine.wake.send(lanes.map((lane) => lane.id));
}

function limitsItsKeys({ maxRunningPerKey, fair }: QueueRecord): boolean {
  return maxRunningPerKey !== null || fair;
}

function gates(queue: QueueRecord) {
  const { paused, pausedUntil, drainingSince, maxRunning, maxRunningPerKey, fair, rateLimit } = queue;
  const { thresholds, pool } = queue;
  return {
    paused,
    pausedUntil,
    drainingSince,
    maxRunning,
    maxRunningPerKey,
    fair,
    rateLimit,
    thresholds,
    pool,
  };
}

/** The weights of one side of a change that are not those of the other: all of them would drown the rest. */
function weightsThatDiffer(side: QueueRecord, other: QueueRecord): { keyWeights?: KeyWeights } {
  const named = new Set([...Object.keys(side.keyWeights), ...Object.keys(other.keyWeights)]);
  const weights = [...named].flatMap((key) => {
    const weight = weightOf(side.keyWeights, key);
    return weight === weightOf(other.keyWeights, key) ? [] : [[key, weight] as const];
  });
  return weights.length === 0 ? {} : { keyWeights: Object.fromEntries(weights) };
}

function wrongField(path: string, message: string): SignalboxError {
  return new SignalboxError("validation", `${path.slice(1)} ${message}; nothing was changed`, {
    errors: [{ path, message }],
  });
}

/** The refusal for a queue that no definition has named. */
export function noSuchQueue(name: string): SignalboxError {
  return new SignalboxError(
    "not_found",
    `there is no queue ${name.slice(0, 100)}: a queue comes to be with the first definition that names it`,
  );
}
