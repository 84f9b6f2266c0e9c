import { inTransaction } from "#db/transaction.ts";
import { findUserByLogin } from "#server/store/people/find-user.ts";
import { findLink } from "#server/store/sign-in-links/find-link.ts";
import { useLink } from "#server/store/sign-in-links/use-link.ts";
import { hashPassword } from "#server/system/hash-password.ts";
import { randomSecret } from "#server/system/random.ts";
import type { Engine } from "../engine.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { addUser } from "./add-user.ts";
import type { ClientFacts, SessionTimes } from "./client-facts.ts";
import { deadLink, readLink } from "./read-link.ts";
import { startSession } from "./start-session.ts";

/** The admin whom the demo's link lets in; nobody knows a password of theirs. */
export const demoLogin = "demo@signalbox.test";

/** Sign the holder of a demo link in as the demo's admin; returns what the browser keeps. Throws `not_found`. */
export async function openDemo(
  engine: Pick<Engine, "pool">,
  { secret, client, times }: { secret: string; client: ClientFacts; times: SessionTimes },
): Promise<string> {
  const { kind } = await readLink(engine.pool, secret);
  if (kind !== "demo") throw deadLink(null);
  const passwordHash = await hashPassword(randomSecret(32));
  return inTransaction(engine.pool, async (transaction) => {
    const hash = hashToken(secret);
    const link = await useLink(transaction, hash);
    if (link?.kind !== "demo") throw deadLink(await findLink(transaction, hash));
    const found = await findUserByLogin(transaction, demoLogin);
    const made = {
      login: demoLogin,
      displayName: "Demo",
      role: "admin",
      passwordHash,
      by: demoLogin,
    } as const;
    const user = found ?? (await addUser(transaction, { ...made, link: link.id }));
    return startSession(transaction, { user, by: "demo", client, times });
  });
}
