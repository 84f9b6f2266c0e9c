import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { revokeToken as write } from "#server/store/tokens/revoke-token.ts";
import type { Engine } from "../engine.ts";

/** Revoke a token; the next call with it is refused. Doing so again changes nothing. Throws `not_found`. */
export async function revokeToken(
  engine: Pick<Engine, "pool">,
  request: { id: string; actor: string },
): Promise<void> {
  const { id, actor } = request;
  await inTransaction(engine.pool, async (transaction) => {
    const outcome = await write(transaction, id);
    if (outcome === "missing")
      throw new SignalboxError(
        "not_found",
        `there is no token ${id.slice(0, 40)}: signalbox token list shows them`,
      );
    if (outcome === "revoked")
      await insertAuditEntry(transaction, {
        actor,
        action: "token.revoke",
        objectKind: "token",
        objectId: id,
      });
  });
}
