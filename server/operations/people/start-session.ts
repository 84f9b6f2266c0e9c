import type { Queryable } from "#db/client.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { insertSession } from "#server/store/sessions/insert-session.ts";
import { randomSecret } from "#server/system/random.ts";
import { hashToken } from "../tokens/hash-token.ts";
import type { ClientFacts, SessionTimes } from "./client-facts.ts";

const mostAgentCharacters = 300;

/**
 * Begin a session of a person in the caller's transaction, with its audit entry. Returns what the browser keeps: 256
 * random bits, of which only the SHA-256 is stored.
 */
export async function startSession(
  transaction: Queryable,
  session: { user: { id: string; login: string }; by: string; client: ClientFacts; times: SessionTimes },
): Promise<string> {
  const { user, by, client, times } = session;
  const secret = randomSecret(32);
  const id = `ses_${randomSecret(9)}`;
  const agent = client.agent.replaceAll("\u0000", "").toWellFormed().slice(0, mostAgentCharacters);
  await insertSession(transaction, {
    ...{ id, hash: hashToken(secret), userId: user.id },
    ...{ maxMs: times.maxMs, address: client.address, agent },
  });
  await insertAuditEntry(transaction, {
    actor: user.login,
    action: "session.start",
    objectKind: "session",
    objectId: id,
    after: { userId: user.id, by, address: client.address, agent },
  });
  return secret;
}
