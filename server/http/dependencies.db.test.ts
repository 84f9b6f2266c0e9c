import { expect, test } from "vitest";
import { serveApi } from "./testing/serve-api.ts";

const { call } = await serveApi();
const put = await call("PUT", "/definitions/send-mail", {
  queue: "mail",
  inputSchema: true,
  dependencies: ["mail-api", "bank-api"],
});

test("dependencies are listed by name once a definition names them, each with its settings and its breaker", async () => {
  expect(put.status).toBe(201);
  const { status, body } = await call("GET", "/dependencies?limit=1");
  expect(status).toBe(200);
  expect(body.dependencies.map(({ name }: { name: string }) => name)).toEqual(["bank-api"]);
  const next = await call("GET", `/dependencies?limit=1&cursor=${body.nextCursor}`);
  expect(next.body).toMatchObject({
    dependencies: [
      {
        name: "mail-api",
        version: 1,
        state: "closed",
        forced: null,
        forcedUntil: null,
        definitions: ["send-mail"],
        settings: { failureThreshold: 0.5, rateLimit: null, probes: { minGapMs: 250 } },
      },
    ],
    nextCursor: null,
  });
});

test("a breaker is forced with a reason, and settings change with it in one go or not at all", async () => {
  const patch = (body: unknown) => call("PATCH", "/dependencies/mail-api", body);
  const refused = await patch({ forced: "open" });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "/reason" }] } });
  const both = await patch({
    forced: "open",
    reason: "they said so",
    settings: { rateLimit: { count: 5, perMs: 1_000 } },
  });
  expect(both).toMatchObject({
    status: 200,
    body: {
      dependency: {
        forced: "open",
        forcedReason: "they said so",
        version: 2,
        settings: { rateLimit: { count: 5 } },
      },
      warning: null,
    },
  });
  const wrong = await patch({ forced: null, reason: "r", settings: { rateLimit: { count: 0, perMs: 1 } } });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: "/settings/rateLimit/count" }] } });
  expect((await call("GET", "/dependencies/mail-api")).body.dependency.forced).toBe("open");
  const stale = await patch({ settings: {}, expectedVersion: 1 });
  expect(stale).toMatchObject({ status: 409, body: { code: "version_conflict" } });
  expect((await patch({ forced: null, reason: "they are back" })).body.dependency.forced).toBeNull();
});

test("a breaker is forced for a time, which goes with a word and has bounds", async () => {
  const patch = (body: object) => call("PATCH", "/dependencies/mail-api", { reason: "maintenance", ...body });
  const alone = await patch({ forcedForMs: 60_000 });
  expect(alone).toMatchObject({ status: 422, body: { errors: [{ path: "/forcedForMs" }] } });
  const short = await patch({ forced: "open", forcedForMs: 1_000 });
  expect(short).toMatchObject({ status: 422, body: { errors: [{ path: "/forcedForMs" }] } });
  const { body } = await patch({ forced: "open", forcedForMs: 3_600_000 });
  expect(body.dependency.forcedUntil).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect((await patch({ forced: null })).body.dependency).toMatchObject({ forced: null, forcedUntil: null });
});

test("forcing everything open is done, with a warning", async () => {
  const open = (name: string) =>
    call("PATCH", `/dependencies/${name}`, { forced: "open", reason: "network maintenance" });
  expect((await open("mail-api")).body.warning).toBeNull();
  expect((await open("bank-api")).body.warning).toContain("All 2 dependencies are forced open");
});

test("a name that there is not is 404 with the nearest names, and only operators may look", async () => {
  const missing = await call("GET", "/dependencies/mail-apu");
  expect(missing).toMatchObject({ status: 404, body: { code: "not_found" } });
  expect(missing.body.detail).toContain("Did you mean mail-api?");
  expect((await call("PATCH", "/dependencies/zzz", { settings: {} })).status).toBe(404);
  expect((await call("GET", "/dependencies", undefined, { as: "producer" })).status).toBe(403);
  expect((await call("PATCH", "/dependencies/mail-api", {}, { as: "worker" })).status).toBe(403);
});
