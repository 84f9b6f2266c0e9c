import { globSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { type Role, roleCovers, roles } from "#core/access/role.ts";
import { scopeAllows, type TokenScope, tokenScopes } from "#core/access/scope.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { appRouter } from "#server/api/root.ts";
import { sampleInput } from "#server/api/testing/sample-input.ts";
import type { ProcedureMeta } from "#server/api/trpc.ts";
import { allRoutes, openapiRoute } from "#server/http/routes/all-routes.ts";
import { setDisabled } from "#server/operations/people/set-disabled.ts";
import { signOut } from "#server/operations/people/sign-out.ts";
import { createToken } from "#server/operations/tokens/create-token.ts";
import { ensureConsoleBuilt } from "../process/ensure-console-built.ts";
import { listenOnce } from "../testing/listen-once.ts";
import { outcomeOfError } from "../testing/outcome-of-error.ts";
import { pathOfRoute } from "../testing/path-of-route.ts";
import { serveForTest } from "../testing/serve-for-test.ts";
import { signInVisitor, type Visitor } from "../testing/sign-in-visitor.ts";

/** Everything that answers, asked by everybody, over HTTP, of the process that production runs. What is right follows
 * from the role that each thing declares; the second server sends nobody to the sign-in, and nothing else may differ. */

const root = path.resolve(import.meta.dirname, "../..");
const { pool, url: databaseUrl } = await testDatabase();
const engine = { pool };
const visitors = [
  "nobody",
  ...roles,
  "signed-out",
  "shut-out",
  ...tokenScopes.map((scope) => `${scope} token`),
] as const;
type VisitorName = (typeof visitors)[number];

await ensureConsoleBuilt(() => undefined);
const [gated, open] = await Promise.all([
  serveForTest(databaseUrl, "gated"),
  serveForTest(databaseUrl, "open"),
]);
const servers = { "with the redirect": gated, "without the redirect": open };
const [signedOut, shutOut] = await Promise.all([signInVisitor(pool, "admin"), signInVisitor(pool, "admin")]);
const people = Object.fromEntries(
  await Promise.all(roles.map(async (role) => [role, await signInVisitor(pool, role)] as const)),
) as Record<Role, Visitor>;
const tokens = Object.fromEntries(
  await Promise.all(
    tokenScopes.map(
      async (scope) =>
        [scope, (await createToken(engine, { name: scope, scope, actor: "test" })).token] as const,
    ),
  ),
) as Record<TokenScope, string>;
await signOut(engine, signedOut.cookie.value);
await setDisabled(engine, { userId: shutOut.id, disabled: true, reason: "", actor: "test" });

async function headersOf(name: VisitorName, fresh = false): Promise<Record<string, string>> {
  const scope = tokenScopes.find((each) => name === `${each} token`);
  if (scope) return { authorization: `Bearer ${tokens[scope]}` };
  if (name === "nobody") return {};
  const role = roles.find((each) => each === name);
  const { cookie } =
    role === undefined
      ? name === "signed-out"
        ? signedOut
        : shutOut
      : fresh
        ? await signInVisitor(pool, role)
        : people[role];
  return { cookie: `${cookie.name}=${cookie.value}` };
}

const roleOf = (name: VisitorName): Role | null => roles.find((role) => role === name) ?? null;

describe.each(Object.entries(servers))("%s", (_title, origin) => {
  interface Declared {
    _def: { type: "query" | "mutation" | "subscription"; meta: ProcedureMeta; inputs: z.ZodType[] };
  }
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Declared>);

  async function call(name: string, { _def }: Declared, visitor: VisitorName): Promise<string> {
    const input = JSON.stringify(sampleInput(_def.inputs.at(-1)));
    const isOwn = name.startsWith("session.");
    const headers = { ...(await headersOf(visitor, isOwn)), origin };
    const query = input === undefined ? "" : `?input=${encodeURIComponent(input)}`;
    const at = `${origin}/api/trpc/${name}`;
    if (_def.type === "subscription") return listenOnce(`${at}${query}`, headers);
    const answer = await (_def.type === "query"
      ? fetch(at + query, { headers })
      : fetch(at, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: input ?? "",
        }));
    const body = (await answer.json()) as { error?: { message: string; data: { code: string } } };
    expect(answer.headers.get("cache-control")).toBe("no-store");
    return outcomeOfError(body.error && { ...body.error.data, message: body.error.message });
  }

  test.each(procedures)("%s is for whom it declares", { timeout: 20_000 }, async (name, procedure) => {
    const { role } = procedure._def.meta;
    const found = await Promise.all(
      visitors.map(async (visitor) => [visitor, await call(name, procedure, visitor)] as const),
    );
    const expected = visitors.map((visitor) => {
      const held = roleOf(visitor);
      if (role === "public") return [visitor, "reached"];
      return [visitor, held === null ? "not signed in" : roleCovers(held, role) ? "reached" : "refused"];
    });
    expect(found).toEqual(expected);
  });

  const routes = [...allRoutes, openapiRoute(() => null)];

  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s is for tokens of its scope, and for no session",
    async (_name, route) => {
      const found = await Promise.all(
        visitors.map(async (visitor) => {
          const answer = await fetch(`${origin}${pathOfRoute(route)}`, {
            method: route.method,
            headers: { ...(await headersOf(visitor)), "content-type": "application/json" },
            body: route.body ? "{" : undefined,
          });
          await answer.text();
          return [
            visitor,
            answer.status === 401 || answer.status === 403 ? answer.status : "reached",
          ] as const;
        }),
      );
      const isOpen = route.permission === "open" || route.permission === "metrics.read";
      const expected = visitors.map((visitor) => {
        const scope = tokenScopes.find((each) => visitor === `${each} token`);
        if (isOpen) return [visitor, "reached"];
        if (!scope || route.permission === "open") return [visitor, 401];
        return [visitor, scopeAllows(scope, route.permission) ? "reached" : 403];
      });
      expect(found).toEqual(expected);
    },
  );

  const pages = globSync("app/**/page.tsx", { cwd: root })
    .map((file) =>
      `/${file}`
        .replace("/app/", "/")
        .replace(/\/page\.tsx$/, "")
        .replaceAll(/\/\([^)]*\)/g, ""),
    )
    .map((page) => page.replaceAll(/\[secret\]/g, "A".repeat(43)).replaceAll(/\[\w+\]/g, "1") || "/");

  test("there are pages", () => {
    expect(pages).toEqual(expect.arrayContaining(["/", "/jobs/1", "/sign-in", "/settings/people"]));
  });

  test.each(pages)("the page %s is for who is signed in, and holds no data", async (page) => {
    const isDoor = /^\/(sign-in|setup|invite)/.test(page);
    for (const visitor of visitors) {
      const answer = await fetch(`${origin}${page}?x=1`, {
        headers: await headersOf(visitor),
        redirect: "manual",
      });
      const text = await answer.text();
      const isIn = roleOf(visitor) !== null;
      const isSent = origin === gated && !isIn && !isDoor;
      if (isSent) {
        expect([visitor, answer.status, answer.headers.get("location")]).toEqual([
          visitor,
          303,
          `/sign-in?next=${encodeURIComponent(`${page}?x=1`)}`,
        ]);
      } else {
        const isGoneOn = page === "/sign-in" && isIn;
        expect([visitor, answer.status]).toEqual([visitor, isGoneOn ? 307 : 200]);
      }
      expect(answer.headers.get("cache-control")).toContain("no-store");
      if (!isIn) for (const { login } of Object.values(people)) expect(text).not.toContain(login);
    }
  });

  test.each([
    ["/jobs.rsc", {}],
    ["/jobs?_rsc=abc", { rsc: "1" }],
    ["/jobs", { "x-middleware-subrequest": "middleware:middleware:middleware" }],
    ["/jobs", { "x-nextjs-data": "1", "next-resume": "1" }],
    ["/_next/data/build/jobs.json", {}],
    ["/%6aobs", {}],
    ["/sign-in/../jobs", {}],
    [
      "/jobs",
      { "x-signalbox-session": encodeURIComponent(JSON.stringify({ name: "intruder", role: "admin" })) },
    ],
  ])("%s with %j says nothing to who is not signed in", async (place, headers) => {
    const answer = await fetch(origin + place, {
      headers: headers as Record<string, string>,
      redirect: "manual",
    });
    const text = await answer.text();
    expect(answer.status).toBeLessThan(500);
    expect(text).not.toContain("intruder");
    for (const { login } of Object.values(people)) expect(text).not.toContain(login);
  });
});

describe("what comes from elsewhere", () => {
  const invite = { login: "mallory@example.test", role: "admin" };
  const asAdmin = async (headers: Record<string, string>, body: unknown = invite, name = "people.invite") =>
    fetch(`${gated}/api/trpc/${name}`, {
      method: "POST",
      headers: { ...(await headersOf("admin")), ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const json = { "content-type": "application/json" };

  test.each<[string, Record<string, string>, number]>([
    ["a foreign origin", { ...json, origin: "https://evil.example" }, 403],
    ["no origin at all", json, 403],
    ["a form's content type", { origin: gated, "content-type": "text/plain" }, 415],
    ["a form", { origin: gated, "content-type": "application/x-www-form-urlencoded" }, 415],
    ["another site by its own word", { ...json, origin: gated, "sec-fetch-site": "cross-site" }, 403],
  ])("%s is refused, and nothing is done", async (_name, headers, status) => {
    expect((await asAdmin(headers)).status).toBe(status);
    const { rows } = await pool.query("select from signalbox.sign_in_links where login = $1", [invite.login]);
    expect(rows).toEqual([]);
  });

  test("an act by GET is refused", async () => {
    const input = encodeURIComponent(JSON.stringify(invite));
    const answer = await fetch(`${gated}/api/trpc/people.invite?input=${input}`, {
      headers: await headersOf("admin"),
    });
    expect(answer.status).toBe(405);
  });

  test("more than twenty calls at once, or more than a mebibyte, are refused", async () => {
    const headers = { ...json, origin: gated };
    const many = Array.from({ length: 21 }, () => "session.me").join();
    expect(
      (await fetch(`${gated}/api/trpc/${many}?batch=1`, { headers: await headersOf("admin") })).status,
    ).toBe(400);
    expect((await asAdmin(headers, `{"login":"${"a".repeat(1_048_576)}"}`)).status).toBe(413);
  });

  test("signing in is a call of its own, so that a batch of guesses is none", async () => {
    const guess = { login: "a@b", password: "x" };
    const answer = await fetch(`${gated}/api/trpc/session.signIn,session.signIn?batch=1`, {
      method: "POST",
      headers: { ...json, origin: gated },
      body: JSON.stringify({ 0: guess, 1: guess }),
    });
    expect(answer.status).toBe(400);
  });
});

test("pages carry the headers that keep a browser to itself, and another nonce each time", async () => {
  const nonces = new Set<string>();
  for (let time = 0; time < 2; time++) {
    const { headers } = await fetch(`${gated}/sign-in`, { headers: { "x-nonce": "forged" } });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("'strict-dynamic'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    nonces.add(/'nonce-([^']{24})'/.exec(policy)?.[1] ?? "");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      vary: expect.stringContaining("Cookie"),
    });
  }
  expect(nonces.size).toBe(2);
});

test("a stream ends within seconds of its session", async () => {
  const visitor = await signInVisitor(pool, "viewer");
  const headers = { cookie: `${visitor.cookie.name}=${visitor.cookie.value}`, accept: "text/event-stream" };
  const answer = await fetch(`${gated}/api/trpc/live.board`, { headers });
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await signOut(engine, visitor.cookie.value);
  const endedMs = performance.now();
  const drained = (async () => {
    while (!(await reader?.read())?.done);
  })().catch(() => undefined);
  await drained;
  expect(performance.now() - endedMs).toBeLessThan(5_000);
});
