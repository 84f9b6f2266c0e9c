import { z } from "zod";
import { storableText } from "#core/definition/storable-text.ts";
import { SignalboxError } from "#core/error.ts";
import { parseQuery } from "#core/query/parse-query.ts";
import type { SavedView } from "#core/query/saved-view.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockView } from "#server/store/views/lock-view.ts";
import { insertView, updateView } from "#server/store/views/write-view.ts";
import type { Engine } from "../engine.ts";
import { refuseForeignView } from "./refuse-foreign-view.ts";

/** What a view is: a name of its owner's own, the text of the bar, the columns, and whether everybody sees it. */
export const viewSchema = z.strictObject({
  name: storableText(1, 60).refine((name) => name.trim() === name, "must have no blanks at its ends"),
  query: storableText(0, 2_000),
  columns: z.array(storableText(1, 200)).min(1).max(20),
  shared: z.boolean(),
});

/**
 * Keep a view: a new one, or with `id` a changed one of the actor's own. Throws `validation` for a query that does not
 * parse, `conflict` for a name that the owner uses already, `not_found`, `forbidden`.
 */
export async function saveView(
  engine: Engine,
  request: { id: number | null; view: z.output<typeof viewSchema>; actor: string },
): Promise<SavedView> {
  const { id, view, actor } = request;
  const [problem] = parseQuery(view.query).problems;
  if (problem)
    throw new SignalboxError("validation", "The view was not saved: its filter does not parse.", {
      errors: [{ path: "/query", message: problem.message }],
    });
  const taken = new SignalboxError(
    "conflict",
    `You have a view '${view.name}' already; nothing was saved. Choose another name.`,
  );
  return inTransaction(engine.pool, async (transaction) => {
    const before = id === null ? null : refuseForeignView(await lockView(transaction, id), actor);
    let saved: SavedView;
    if (before === null) {
      const newId = await insertView(transaction, { ...view, owner: actor });
      if (newId === null) throw taken;
      saved = { ...view, owner: actor, id: newId };
    } else {
      saved = { ...before, ...view };
      if (!(await updateView(transaction, saved))) throw taken;
    }
    await insertAuditEntry(transaction, {
      actor,
      action: "view.save",
      objectKind: "view",
      objectId: String(saved.id),
      before,
      after: saved,
    });
    return saved;
  });
}
