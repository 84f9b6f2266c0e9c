import { testDatabase } from "#db/testing/test-database.ts";
import { acceptInvite } from "../people/accept-invite.ts";
import { findCaller } from "../people/find-caller.ts";
import { inviteUser } from "../people/invite-user.ts";

const times = { idleMs: 60_000, maxMs: 3_600_000 };
const password = "signal arm at danger";

/** What tests of people and sessions do over and over, on a database of their own in which there is nobody yet. */
export async function peopleKit() {
  const { pool } = await testDatabase();
  const engine = { pool };
  let addresses = 0;
  /** A browser at the address, or at one that nobody came from yet. */
  const at = (address = `10.0.0.${++addresses}`) => ({ client: { address, agent: "test" }, times });
  const whoHolds = (secret: string) => findCaller(pool, secret, times.idleMs);
  async function trail(): Promise<
    { actor: string; action: string; object_id: string; reason: string | null }[]
  > {
    const { rows } = await pool.query(
      "select actor, action, object_id, reason, after::text from signalbox.audit_entries order by id",
    );
    return rows;
  }
  async function someone(login: string, role: string): Promise<{ id: string; session: string }> {
    const { secret } = await inviteUser(engine, { login, role, actor: "test" });
    const session = await acceptInvite(engine, { secret, displayName: login, password, ...at() });
    return { id: (await whoHolds(session))?.id ?? "", session };
  }
  return { pool, engine, password, at, whoHolds, trail, someone };
}
