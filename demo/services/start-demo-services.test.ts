import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { call } from "../testing/call.ts";
import { noFaults, serviceNames } from "./fault-settings.ts";
import { type DemoServices, startDemoServices } from "./start-demo-services.ts";

let services: DemoServices;
let nowMs = 1_700_000_000_000;
let chance = () => 0.9;

beforeAll(async () => {
  services = await startDemoServices({ naturalDelay: false, random: () => chance(), nowMs: () => nowMs });
});
afterAll(() => services.close());
beforeEach(async () => {
  chance = () => 0.9;
  for (const name of serviceNames) await services.faults.set(name, noFaults);
});

const geocode = () => call("GET", `${services.urls.geocoder}/geocode?q=Oslo`, undefined, { timeoutMs: 150 });
const charge = (orderId: string, timeoutMs = 5_000) => {
  const body = { orderId, amountCents: 1_000, currency: "EUR", card: "visa-4242" };
  const headers = { "idempotency-key": orderId };
  return call("POST", `${services.urls.payments}/charges`, body, { headers, timeoutMs });
};
const made = async () => (await call("GET", `${services.urls.payments}/charges`)).body.made;

describe("a fault set through the control port", () => {
  const set = (service: string, faults: unknown) =>
    call("PUT", `${services.urls.control}/${service}/faults`, faults);

  test("503: the share of calls is answered 503, the rest as ever", async () => {
    let draw = 0;
    // A call draws four numbers, so over five calls each of these five falls on the one that decides.
    chance = () => (draw++ % 5) / 5;
    expect((await set("geocoder", { error503Share: 0.6 })).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await geocode()).status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(6);
    expect(statuses.filter((status) => status === 200)).toHaveLength(4);
  });

  test("hang: the call is never answered and the caller's own time limit ends it", async () => {
    await set("geocoder", { hangShare: 1 });
    await expect(geocode()).rejects.toMatchObject({ name: "TimeoutError" });
    expect((await call("GET", `${services.urls.control}/geocoder/stats`)).body.hung).toBe(1);
  });

  test("hang: when the work was done all the same, the retry gets the answer and nothing is done twice", async () => {
    chance = () => 0.2;
    await set("payments", { hangShare: 1 });
    await expect(charge("order-hang", 150)).rejects.toMatchObject({ name: "TimeoutError" });
    await set("payments", {});
    const madeOnce = await made();
    const retried = await charge("order-hang");
    expect(retried.status).toBe(200);
    expect(retried.headers.get("idempotency-replayed")).toBe("true");
    expect(await made()).toBe(madeOnce);
  });

  test("429: calls above the rate are refused with Retry-After, and pass after that time", async () => {
    await set("geocoder", { rate429: { perSecond: 0.5 } });
    expect((await geocode()).status).toBe(200);
    const refused = await geocode();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("2");
    nowMs += 2_000;
    expect((await geocode()).status).toBe(200);
  });

  test("refuse: new connections are refused, open calls are cut, and healing opens the same port again", async () => {
    const address = services.urls.geocoder;
    await set("geocoder", { hangShare: 1 });
    const open = call("GET", `${address}/geocode?q=Oslo`).catch((error: Error) => error);
    await expect
      .poll(async () => (await call("GET", `${address}/stats`)).body.hung)
      .toBeGreaterThanOrEqual(2);
    await set("geocoder", { refuse: true });
    expect(((await open) as Error).cause).toMatchObject({
      code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/),
    });
    await expect(geocode()).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    expect((await call("GET", `${services.urls.control}/geocoder/faults`)).body.faults).toMatchObject({
      refuse: true,
    });
    await set("geocoder", {});
    expect((await geocode()).status).toBe(200);
    expect(services.urls.geocoder).toBe(address);
  });

  test("latency: every answer is late by it", async () => {
    await set("geocoder", { latencyMs: 60 });
    const startMs = performance.now();
    expect((await geocode()).status).toBe(200);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(58);
  });

  test("of one service leaves the others alone", async () => {
    await set("geocoder", { error503Share: 1 });
    expect((await charge("order-alone")).status).toBe(201);
  });

  test("a wrong setting is 422, names the field and changes nothing", async () => {
    await set("mail", { latencyMs: 5 });
    const answer = await set("mail", { latencyMs: 70_000 });
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatchObject({
      errors: [{ path: "/latencyMs", message: "latencyMs is at most 60000." }],
    });
    expect(services.faults.get("mail").latencyMs).toBe(5);
    expect((await set("mail", "{")).status).toBe(400);
  });

  test("an unknown service or path is 404 and a wrong method 405", async () => {
    expect((await set("fax", {})).status).toBe(404);
    expect((await call("GET", `${services.urls.control}/mail/outbox`)).status).toBe(404);
    expect((await call("DELETE", `${services.urls.control}/mail/faults`)).status).toBe(405);
  });
});

describe("a service's own port", () => {
  test("takes faults too and answers before it begins to refuse", async () => {
    const put = await call("PUT", `${services.urls.geocoder}/faults`, { refuse: true });
    expect(put.status).toBe(200);
    await expect
      .poll(() => geocode().catch((error: Error) => (error.cause as { code: string }).code))
      .toBe("ECONNREFUSED");
  });

  test("control calls meet no fault and are not counted", async () => {
    await services.faults.set("mail", { ...noFaults, error503Share: 1 });
    const before = (await call("GET", `${services.urls.mail}/stats`)).body;
    expect((await call("GET", `${services.urls.mail}/faults`)).status).toBe(200);
    expect((await call("GET", `${services.urls.mail}/stats`)).body).toEqual(before);
  });

  test("counts calls by the status they got", async () => {
    await charge("order-counted");
    const before = (await call("GET", `${services.urls.payments}/stats`)).body as {
      requests: number;
      byStatus: Record<string, number>;
    };
    await services.faults.set("payments", { ...noFaults, error503Share: 1 });
    await charge("order-counted");
    const after = (await call("GET", `${services.urls.payments}/stats`)).body as typeof before;
    expect(after.requests).toBe(before.requests + 1);
    expect(after.byStatus[503] ?? 0).toBe((before.byStatus[503] ?? 0) + 1);
  });
});

describe("starting", () => {
  test("the control port lists every service with its address and faults", async () => {
    const { body } = await call("GET", services.urls.control);
    expect((body.services as { name: string; url: string }[]).map(({ name, url }) => [name, url])).toEqual(
      serviceNames.map((name) => [name, services.urls[name]]),
    );
  });

  test("a port in use is an error that names it, and what was opened is closed again", async () => {
    const taken = Number(new URL(services.urls.control).port);
    const brief = await startDemoServices();
    await brief.close();
    const mail = Number(new URL(brief.urls.mail).port);
    await expect(startDemoServices({ ports: { mail, warehouse: taken } })).rejects.toMatchObject({
      code: "EADDRINUSE",
      port: taken,
    });
    await (await startDemoServices({ ports: { mail } })).close();
  });
});
