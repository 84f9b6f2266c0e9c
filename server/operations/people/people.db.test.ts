import { describe, expect, test } from "vitest";
import { findLink } from "#server/store/sign-in-links/find-link.ts";
import { peopleKit } from "../testing/people-kit.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { acceptInvite } from "./accept-invite.ts";
import { changePassword } from "./change-password.ts";
import { createFirstAdmin } from "./create-first-admin.ts";
import { inviteUser } from "./invite-user.ts";
import { makeResetLink } from "./make-reset-link.ts";
import { offerFirstLink } from "./offer-first-link.ts";
import { openDemo } from "./open-demo.ts";
import { readLink } from "./read-link.ts";
import { resetPassword } from "./reset-password.ts";
import { revokeSessions } from "./revoke-sessions.ts";
import { setDisabled } from "./set-disabled.ts";
import { setRole } from "./set-role.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { withdrawInvite } from "./withdraw-invite.ts";

const { pool, engine, password, at, whoHolds, trail, someone } = await peopleKit();
const otherPassword = "the heron by the weir";

/** Runs first: afterwards there is somebody. */
describe("the first admin", () => {
  const account = { login: "Root@Example.test", displayName: "Root", password };

  test("is made by the newest link only; those of earlier starts are void", async () => {
    const old = await offerFirstLink(engine);
    const link = await offerFirstLink(engine);
    await expect(readLink(pool, old?.secret ?? "")).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("replaced by a newer one"),
    });
    expect(await readLink(pool, link?.secret ?? "")).toMatchObject({
      kind: "first-admin",
      role: "admin",
      login: null,
    });
  });

  test("needs a password that is not among the first tried, and a login name", async () => {
    const link = await offerFirstLink(engine);
    const make = (more: object) =>
      createFirstAdmin(engine, { ...account, secret: link?.secret ?? "", ...more, ...at() });
    await expect(make({ password: "passwordpassword" })).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/password" }],
    });
    await expect(make({ login: "root" })).rejects.toMatchObject({ errors: [{ path: "/login" }] });
    expect(await readLink(pool, link?.secret ?? "")).toMatchObject({ kind: "first-admin" });
  });

  test("is one, however many use the link at once", async () => {
    const link = await offerFirstLink(engine);
    const make = (login: string) =>
      createFirstAdmin(engine, { ...account, login, secret: link?.secret ?? "", ...at() });
    const outcomes = await Promise.allSettled(["a@b", "c@d", "e@f", "g@h"].map(make));
    const won = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(won).toHaveLength(1);
    const { rows } = await pool.query("select login, role from signalbox.users");
    expect(rows).toMatchObject([{ role: "admin" }]);
    expect(await whoHolds(won[0]?.value ?? "")).toMatchObject({ role: "admin", login: rows[0].login });
    expect(await offerFirstLink(engine)).toBeNull();
    expect(await offerFirstLink(engine, { demo: true })).toBeNull();
  });
});

describe("a session", () => {
  test("ends on the next request after signing out, being signed out, another role, being shut out", async () => {
    const { id } = await someone("kim@example.test", "viewer");
    const enter = () => signIn(engine, { login: "kim@example.test", password, ...at() });
    const ends: ((session: string) => Promise<unknown>)[] = [
      (session) => signOut(engine, session),
      () => revokeSessions(engine, { userId: id, actor: "test" }),
      () => setRole(engine, { userId: id, role: "operator", actor: "test" }),
      () => setDisabled(engine, { userId: id, disabled: true, reason: "", actor: "test" }),
    ];
    for (const end of ends) {
      const session = await enter();
      expect(await whoHolds(session)).not.toBeNull();
      await end(session);
      expect(await whoHolds(session)).toBeNull();
    }
  });

  test("ends when it is too old or was idle too long", async () => {
    const { session } = await someone("idle@example.test", "viewer");
    const age = (what: string) =>
      pool.query(`update signalbox.sessions set ${what} where hash = $1`, [hashToken(session)]);
    await age("last_seen_at = clock_timestamp() - interval '61 seconds'");
    expect(await whoHolds(session)).toBeNull();
    await age("last_seen_at = clock_timestamp() - interval '59 seconds'");
    expect(await whoHolds(session)).not.toBeNull();
    await age("expires_at = clock_timestamp()");
    expect(await whoHolds(session)).toBeNull();
  });

  test.each(["", "x", "A".repeat(43), `${"A".repeat(42)}\u0000`, "A".repeat(10_000)])(
    "is not %j",
    async (secret) => {
      expect(await whoHolds(secret)).toBeNull();
    },
  );
});

describe("a link", () => {
  test("works once, however many use it at once, and gives the role of the invitation", async () => {
    const { secret } = await inviteUser(engine, {
      login: "race@example.test",
      role: "operator",
      actor: "test",
    });
    const accept = () => acceptInvite(engine, { secret, displayName: "R", password, ...at() });
    const outcomes = await Promise.allSettled([accept(), accept(), accept()]);
    const won = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(won).toHaveLength(1);
    expect(await whoHolds(won[0]?.value ?? "")).toMatchObject({ role: "operator" });
    await expect(readLink(pool, secret)).rejects.toMatchObject({
      message: expect.stringContaining("used already"),
    });
  });

  test("that expired, was withdrawn or never was says so", async () => {
    const { secret, id } = await inviteUser(engine, {
      login: "late@example.test",
      role: "viewer",
      actor: "test",
    });
    await withdrawInvite(engine, { id, actor: "test" });
    await expect(readLink(pool, secret)).rejects.toMatchObject({ code: "not_found" });
    await expect(withdrawInvite(engine, { id, actor: "test" })).rejects.toMatchObject({ code: "not_found" });
    const again = await inviteUser(engine, { login: "late@example.test", role: "viewer", actor: "test" });
    await pool.query("update signalbox.sign_in_links set expires_at = clock_timestamp() where id = $1", [
      again.id,
    ]);
    await expect(
      acceptInvite(engine, { secret: again.secret, displayName: "L", password, ...at() }),
    ).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("expired"),
    });
    await expect(readLink(pool, "A".repeat(43))).rejects.toMatchObject({ code: "not_found" });
  });

  test("of one kind is none of another", async () => {
    const { secret } = await inviteUser(engine, {
      login: "kind@example.test",
      role: "viewer",
      actor: "test",
    });
    const refused = { code: "not_found" };
    await expect(resetPassword(engine, { secret, password, ...at() })).rejects.toMatchObject(refused);
    await expect(openDemo(engine, { secret, ...at() })).rejects.toMatchObject(refused);
    await expect(
      createFirstAdmin(engine, { secret, login: "k@example.test", displayName: "K", password, ...at() }),
    ).rejects.toMatchObject(refused);
    expect(await findLink(pool, hashToken(secret))).toMatchObject({ state: "open" });
  });

  test("for a new password ends every session and lifts the throttle", async () => {
    const { id, session } = await someone("lost@example.test", "viewer");
    for (let guess = 0; guess < 5; guess++)
      await signIn(engine, { login: "lost@example.test", password: "forgotten it", ...at() }).catch(
        () => undefined,
      );
    const { secret } = await makeResetLink(engine, { userId: id, actor: "test" });
    const fresh = await resetPassword(engine, { secret, password: otherPassword, ...at() });
    expect(await whoHolds(session)).toBeNull();
    expect(await whoHolds(fresh)).toMatchObject({ login: "lost@example.test" });
    expect(
      await signIn(engine, { login: "lost@example.test", password: otherPassword, ...at() }),
    ).toHaveLength(43);
    await expect(signIn(engine, { login: "lost@example.test", password, ...at() })).rejects.toThrow();
  });
});

test("one's own password is changed by who knows it, and every other browser is signed out", async () => {
  const { session } = await someone("own@example.test", "viewer");
  const change = (current: string, next: string) =>
    changePassword(engine, { login: "own@example.test", current, next, ...at() });
  await expect(change("not my password", otherPassword)).rejects.toMatchObject({
    errors: [{ path: "/current" }],
  });
  await expect(change(password, "own@example.test")).rejects.toMatchObject({ errors: [{ path: "/next" }] });
  expect(await whoHolds(session)).not.toBeNull();
  const fresh = await change(password, otherPassword);
  expect(await whoHolds(session)).toBeNull();
  expect(await whoHolds(fresh)).not.toBeNull();
});

describe("the last admin", () => {
  test("can neither be demoted nor shut out, not even by two admins at once", async () => {
    const { rows } = await pool.query("select id from signalbox.users where role = 'admin'");
    const first: string = rows[0].id;
    const refused = { code: "invalid_state", message: expect.stringContaining("only admin") };
    await expect(setRole(engine, { userId: first, role: "viewer", actor: "test" })).rejects.toMatchObject(
      refused,
    );
    await expect(
      setDisabled(engine, { userId: first, disabled: true, reason: "", actor: "test" }),
    ).rejects.toMatchObject(refused);
    const { id: second } = await someone("second@example.test", "admin");
    const outcomes = await Promise.allSettled([
      setDisabled(engine, { userId: first, disabled: true, reason: "", actor: "second" }),
      setRole(engine, { userId: second, role: "viewer", actor: "first" }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

test("an act that fails leaves no entry behind, and one that changes nothing writes none", async () => {
  const { id } = await someone("still@example.test", "viewer");
  const before = await trail();
  await setRole(engine, { userId: id, role: "viewer", actor: "test" });
  await setRole(engine, { userId: "usr_none", role: "viewer", actor: "test" }).catch(() => undefined);
  await setRole(engine, { userId: id, role: "king", actor: "test" }).catch(() => undefined);
  await inviteUser(engine, { login: "still@example.test", role: "admin", actor: "test" }).catch(
    () => undefined,
  );
  expect(await trail()).toEqual(before);
});
