import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "../testing/call.ts";
import { type DemoServices, startDemoServices } from "./start-demo-services.ts";

let services: DemoServices;
let nowMs = 1_700_000_000_000;

beforeAll(async () => {
  services = await startDemoServices({ naturalDelay: false, nowMs: () => nowMs });
});
afterAll(() => services.close());

const post = (url: string, body: unknown, key?: string) =>
  call("POST", url, body, { headers: key === undefined ? {} : { "idempotency-key": key } });

describe("mail", () => {
  const message = {
    to: "ada@customers.example",
    template: "receipt",
    data: {
      orderId: "order-1",
      customer: "Ada",
      currency: "EUR",
      lines: [{ name: "Oak chair", quantity: 2, unitCents: 4_950 }],
    },
  };
  const send = (body: unknown, key?: string) => post(`${services.urls.mail}/messages`, body, key);

  test("a message is rendered and stands in the outbox under its id", async () => {
    const sent = (await send(message)).body.message as { id: string };
    const { body } = await call("GET", `${services.urls.mail}/messages/${sent.id}`);
    expect(body.message).toMatchObject({ to: message.to, subject: "Your receipt for order order-1" });
    expect((body.message as { text: string }).text).toContain("Total 99.00 EUR");
  });

  test("the same Idempotency-Key sends once; with another body it is refused", async () => {
    const first = await send(message, "key-1");
    const again = await send(message, "key-1");
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    const other = await send({ ...message, to: "bob@customers.example" }, "key-1");
    expect(other.status).toBe(422);
    expect(other.body.error).toMatchObject({ code: "idempotency_key_reused" });
  });

  test("a body of the wrong shape is 422 with the fields, and a mailbox that is not there too", async () => {
    const wrong = await send({ ...message, to: "nobody" });
    expect(wrong.body.error).toMatchObject({ code: "invalid_body", errors: [{ path: "/to" }] });
    expect((await send({ ...message, to: "x@bounce.example" })).body.error).toMatchObject({
      code: "mailbox_unavailable",
    });
  });

  test("a body over the limit is 413 and an unknown message 404", async () => {
    expect((await send({ ...message, padding: "x".repeat(300_000) })).status).toBe(413);
    expect((await call("GET", `${services.urls.mail}/messages/msg_9`)).status).toBe(404);
  });
});

describe("payments", () => {
  const charge = (orderId: string, card = "visa-4242", key?: string) =>
    post(`${services.urls.payments}/charges`, { orderId, amountCents: 1_000, currency: "EUR", card }, key);
  const refund = (orderId: string, amountCents: number, key?: string) =>
    post(`${services.urls.payments}/refunds`, { orderId, amountCents }, key);

  test("64 charges at once under one key make one charge", async () => {
    const made = async () => Number((await call("GET", `${services.urls.payments}/charges`)).body.made);
    const before = await made();
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => charge("order-64", "visa-1", "charge-64")),
    );
    const charges = answers.filter((answer) => answer.status !== 409).map((answer) => answer.body.charge);
    expect(await made()).toBe(before + 1);
    const [first] = charges as { id: string }[];
    for (const other of charges) expect(other).toEqual(first);
    const { body } = await call("GET", `${services.urls.payments}/charges/${first?.id}`);
    expect(body.charge).toMatchObject({ orderId: "order-64", amountCents: 1_000, status: "succeeded" });
  });

  test("a declined card is 402 and stays so", async () => {
    for (const status of [402, 402])
      expect((await charge("order-d", "declined-1", "charge-d")).status).toBe(status);
    expect((await refund("order-d", 10)).body.error).toMatchObject({ code: "charge_declined" });
  });

  test("a refund waits for the charge, is made once for each key, and never exceeds it", async () => {
    expect((await refund("order-r", 600)).status).toBe(409);
    await charge("order-r");
    expect((await refund("order-r", 600, "refund-1")).status).toBe(201);
    expect((await refund("order-r", 600, "refund-1")).status).toBe(200);
    const more = await refund("order-r", 600, "refund-2");
    expect(more.status).toBe(422);
    expect(more.body.error).toMatchObject({
      code: "refund_too_large",
      message: "Only 400 cents are left to refund.",
    });
  });
});

describe("geocoder", () => {
  const find = (q: string) => call("GET", `${services.urls.geocoder}/geocode?q=${encodeURIComponent(q)}`);

  test("the same address has the same point, near the place that it names", async () => {
    const first = await find("12 Harbour Street, Bergen");
    expect(first.body).toMatchObject({ place: "Bergen", country: "NO" });
    expect(Math.abs(Number(first.body.latitude) - 60.3913)).toBeLessThan(0.031);
    expect((await find("12 Harbour Street, BERGEN")).body).toMatchObject({ latitude: first.body.latitude });
    expect((await find("13 Harbour Street, Bergen")).body.latitude).not.toBe(first.body.latitude);
  });

  test("accents do not matter; an unknown place is 404, no address 400", async () => {
    expect((await find("1 Rynek, Kraków")).body.place).toBe("Krakow");
    expect((await find("1 Temple, Atlantis")).body.error).toMatchObject({ code: "no_match" });
    expect((await find(" ")).status).toBe(400);
  });
});

describe("warehouse", () => {
  const reserve = (sku: string, quantity: number, key?: string) =>
    post(`${services.urls.warehouse}/reservations`, { orderId: "order-1", sku, quantity }, key);

  test("a reservation takes stock once for each key", async () => {
    const first = await reserve("SKU-001", 3, "reserve-1");
    const again = await reserve("SKU-001", 3, "reserve-1");
    expect([first.status, first.body.left, again.status, again.body.left]).toEqual([201, 497, 200, 497]);
  });

  test("while stock is counted the article is locked with 409, and free after it", async () => {
    const lock = `${services.urls.warehouse}/stock/SKU-002/lock`;
    await call("PUT", lock);
    const locked = await reserve("SKU-002", 1);
    expect(locked.status).toBe(409);
    expect(locked.body.error).toMatchObject({ code: "sku_locked" });
    await call("DELETE", lock);
    expect((await reserve("SKU-002", 1)).status).toBe(201);
  });

  test("what is not there is 422 until a delivery fills the shelf", async () => {
    expect((await reserve("SKU-010", 6)).status).toBe(201);
    expect((await reserve("SKU-010", 1)).body.error).toMatchObject({ code: "out_of_stock" });
    nowMs += 90_000;
    expect((await reserve("SKU-010", 1)).status).toBe(201);
    expect((await reserve("SKU-099", 1)).status).toBe(404);
  });
});
