import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findDependency } from "#server/store/dependencies/find-dependency.ts";
import { lockDependencyGates } from "#server/store/dependencies/lock-dependency-gates.ts";
import { setForced } from "#server/store/dependencies/set-forced.ts";
import { tellGates } from "#server/store/dependencies/tell-gates.ts";
import type { Engine } from "../engine.ts";
import { countHeld, type HeldJobs } from "./count-held.ts";
import { noSuchDependency } from "./no-such-dependency.ts";
import { showGates } from "./show-gates.ts";

/** How long an operator's word on a breaker may count, ms: a minute to a week. */
export const forcedForSchema = z
  .int()
  .min(60_000)
  .max(7 * 86_400_000)
  .describe("How long it counts, ms: a minute to a week; without, until somebody lets the policy decide");

export interface ForceBreaker {
  name: string;
  /** What it is to be, whatever the policy says; null lets the policy decide again. */
  forced: "open" | "closed" | null;
  /** How long that counts, ms; null until somebody lets the policy decide again. */
  forMs?: number | null;
  /** Why; needed, kept with the breaker and in the audit trail. */
  reason: string;
  actor: string;
}

export interface ForcedBreaker {
  /** False: it was so already, and nothing was written. */
  changed: boolean;
  /** Jobs in line that need it: held from now on where it was forced open. */
  held: HeldJobs;
  /** What is allowed but most likely not meant, in words: every dependency is forced open. */
  warning: string | null;
}

/**
 * Force the breaker of a dependency open or closed, or let the policy decide again; acts on the next claim. What runs goes
 * on, attempts of what is held stay untouched. Throws `not_found` with the nearest names, and `validation` without a reason.
 */
export async function forceBreaker(engine: Engine, force: ForceBreaker): Promise<ForcedBreaker> {
  const changed = await inTransaction(engine.pool, (transaction) => writeForced(engine, transaction, force));
  return tellForced(engine, force, changed);
}

/** The writes of {@link forceBreaker} within a transaction that does more; {@link tellForced} follows its commit. */
export async function writeForced(
  engine: Engine,
  transaction: Queryable,
  { name, forced, forMs: asked = null, reason, actor }: ForceBreaker,
): Promise<boolean> {
  const forMs = forced === null ? null : asked;
  if (reason.trim() === "")
    throw new SignalboxError("validation", `say why ${name} is forced; nothing was done`, {
      errors: [{ path: "/reason", message: "is needed: it is kept with the breaker and in the audit trail" }],
    });
  const known = await findDependency(transaction, name);
  if (known === null) throw noSuchDependency(name, engine.catalog.current.dependencies.keys());
  await lockDependencyGates(transaction, [known.id]);
  // Read again under the lock: another operator may have been at it.
  const before = (await findDependency(transaction, name)) ?? known;
  if (before.forced === forced && before.forcedUntilMs === null && forMs === null) return false;
  await setForced(transaction, { dependencyId: known.id, forced, forMs, by: actor, reason });
  await insertAuditEntry(transaction, {
    actor,
    action: forced === null ? "dependency.unforce" : `dependency.force-${forced}`,
    objectKind: "dependency",
    objectId: name,
    reason,
    before: {
      forced: before.forced,
      forcedBy: before.forcedBy,
      forcedUntilMs: before.forcedUntilMs,
      state: before.state,
    },
    after: { forced, forMs },
  });
  await tellGates(transaction);
  return true;
}

/** After the commit: this process sees the gate, workers hear of work they may have, and what it comes to is counted. */
export async function tellForced(
  engine: Engine,
  { name, forced }: ForceBreaker,
  changed: boolean,
): Promise<ForcedBreaker> {
  if (changed) await showGates(engine, forced === "open" ? null : name);
  const { current } = engine.catalog;
  const id = current.dependencies.get(name)?.id;
  const held =
    id === undefined ? { jobs: 0, queues: 0, atMs: null } : await countHeld(engine.pool, current, id);
  return { changed, held, warning: forced === "open" ? warnOfEverything(engine) : null };
}

/** With one dependency this is what forcing means; with several it is most likely a slip. */
function warnOfEverything({ catalog, flow }: Engine): string | null {
  const { dependencies, lanes } = catalog.current;
  const all = [...dependencies.values()];
  if (all.length < 2 || all.some(({ id }) => flow.gateOf(id)?.forced !== "open")) return null;
  const needing = [...lanes.values()].filter((lane) => lane.dependencies.length > 0);
  const queues = new Set(needing.map((lane) => lane.queue.name));
  return `All ${all.length} dependencies are forced open now: no job that needs any of them starts, in ${queues.size} ${queues.size === 1 ? "queue" : "queues"}, until somebody lets the policy decide again.`;
}
