import { describe, expect, test } from "vitest";
import { peopleKit } from "../testing/people-kit.ts";
import { inviteUser } from "./invite-user.ts";
import { setDisabled } from "./set-disabled.ts";
import { signIn } from "./sign-in.ts";

const { pool, engine, password, at, whoHolds, trail, someone } = await peopleKit();

describe("signing in", () => {
  test("takes the login name in any letters, and gives a new session each time", async () => {
    await someone("ann@example.test", "viewer");
    const one = await signIn(engine, { login: " Ann@Example.TEST ", password, ...at() });
    const other = await signIn(engine, { login: "ann@example.test", password, ...at() });
    expect(one).not.toBe(other);
    expect(await whoHolds(one)).toMatchObject({ login: "ann@example.test", role: "viewer" });
  });

  test("refuses a wrong password, an unknown name and somebody shut out in the same words", async () => {
    const { id } = await someone("shut@example.test", "viewer");
    await setDisabled(engine, { userId: id, disabled: true, reason: "left", actor: "test" });
    const tries = [
      { login: "ann@example.test", password: "not this one at all" },
      { login: "nobody@example.test", password },
      { login: "shut@example.test", password },
      { login: "a\u0000b", password },
    ];
    const refusals = await Promise.all(
      tries.map((each) => signIn(engine, { ...each, ...at() }).catch((error: unknown) => error)),
    );
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: "unauthenticated", message: (refusals[0] as Error).message });
  });

  test("keeps neither session nor link nor what was typed as an unknown name", async () => {
    const session = await signIn(engine, { login: "ann@example.test", password, ...at() });
    const invitation = await inviteUser(engine, {
      login: "dump@example.test",
      role: "viewer",
      actor: "test",
    });
    await signIn(engine, { login: "hunter2-as-a-name", password: "x", ...at() }).catch(() => undefined);
    const { rows } = await pool.query(`select jsonb_agg(t)::text as all from (
      select to_jsonb(s) from signalbox.sessions s union all select to_jsonb(l) from signalbox.sign_in_links l
      union all select to_jsonb(f) from signalbox.sign_in_failures f union all select to_jsonb(a) from signalbox.audit_entries a) t`);
    for (const secret of [session, invitation.secret, password, "hunter2"])
      expect(rows[0].all).not.toContain(secret);
  });

  test("after five failures waits, also with the right password and for a name that nobody has", async () => {
    for (const login of ["guessed@example.test", "no-such@example.test"]) {
      if (login.startsWith("guessed")) await someone(login, "viewer");
      for (let guess = 0; guess < 5; guess++)
        await expect(signIn(engine, { login, password: `guess ${guess}`, ...at() })).rejects.toMatchObject({
          code: "unauthenticated",
        });
      await expect(signIn(engine, { login, password, ...at() })).rejects.toMatchObject({
        code: "too_many_requests",
        retryAfterMs: expect.any(Number),
        message: expect.stringContaining("Try again in 15 minutes"),
      });
    }
  });

  test("lets no more than five guesses through when many come at once", async () => {
    await someone("rushed@example.test", "viewer");
    const guesses = Array.from({ length: 12 }, (_, index) =>
      signIn(engine, { login: "rushed@example.test", password: `guess ${index}`, ...at() }).catch(
        (error: { code: string }) => error.code,
      ),
    );
    const codes = await Promise.all(guesses);
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(5);
    expect(codes.filter((code) => code === "too_many_requests")).toHaveLength(7);
  });

  test("counts what fails from one address whatever the account", async () => {
    const address = "192.0.2.77";
    await pool.query(
      "insert into signalbox.sign_in_failures (account, address) select sha256(n::text::bytea), $1 from generate_series(1, 50) n",
      [address],
    );
    await expect(
      signIn(engine, { login: "ann@example.test", password, ...at(address) }),
    ).rejects.toMatchObject({
      code: "too_many_requests",
    });
    expect(await signIn(engine, { login: "ann@example.test", password, ...at() })).toHaveLength(43);
  });

  test("is in the audit trail, whether it succeeded or failed", async () => {
    await someone("seen@example.test", "viewer");
    const before = (await trail()).length;
    await signIn(engine, { login: "seen@example.test", password: "wrong wrong wrong", ...at() }).catch(
      () => undefined,
    );
    await signIn(engine, { login: "seen@example.test", password, ...at() });
    expect((await trail()).slice(before)).toMatchObject([
      { actor: "seen@example.test", action: "session.refuse", reason: "wrong password" },
      { actor: "seen@example.test", action: "session.start" },
    ]);
  });
});
