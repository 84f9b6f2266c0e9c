import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { noFaults, type ServiceName, serviceNames } from "../services/fault-settings.ts";
import { type DemoServices, startDemoServices } from "../services/start-demo-services.ts";
import { call } from "../testing/call.ts";
import { runHandler } from "../testing/run-handler.ts";
import { chargeCard } from "./charge-card.ts";
import { geocodeAddress } from "./geocode-address.ts";
import { refundCharge } from "./refund-charge.ts";
import { reserveStock } from "./reserve-stock.ts";
import { sendReceiptMail } from "./send-receipt-mail.ts";

let services: DemoServices;
let directory: string;

beforeAll(async () => {
  services = await startDemoServices({ naturalDelay: false });
  directory = await mkdtemp(join(tmpdir(), "signalbox-demo-"));
  for (const name of serviceNames)
    vi.stubEnv(`SIGNALBOX_DEMO_${name.toUpperCase()}_URL`, services.urls[name]);
  vi.stubEnv("SIGNALBOX_DEMO_DIR", directory);
});
afterEach(async () => {
  for (const name of serviceNames) await services.faults.set(name, noFaults);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await services.close();
  await rm(directory, { recursive: true });
});

const charge = { orderId: "order-1", amountCents: 2_500, currency: "EUR", card: "visa-4242" };
const mail = {
  to: "ada@customers.example",
  template: "receipt",
  orderId: "order-1",
  customer: "Ada",
  currency: "EUR",
  lines: [{ name: "Oak chair", quantity: 1, unitCents: 2_500 }],
};
const made = async (service: ServiceName, path: string, field: string) =>
  (await call("GET", services.urls[service] + path)).body[field];

describe("handlers against healthy services", () => {
  test("a mail is sent once for all attempts of a job", async () => {
    const before = Number(await made("mail", "/messages", "sent"));
    const first = await runHandler(sendReceiptMail, mail, { idempotencyToken: "job-1" });
    const second = await runHandler(sendReceiptMail, mail, { idempotencyToken: "job-1", attempt: 2 });
    expect(second.output).toEqual(first.output);
    expect(await made("mail", "/messages", "sent")).toBe(before + 1);
  });

  test("a card is charged once for all attempts, and the paid order stands in the sales file", async () => {
    const first = await runHandler(chargeCard, charge, { idempotencyToken: "job-2" });
    const second = await runHandler(chargeCard, charge, { idempotencyToken: "job-2", attempt: 2 });
    expect(second.output).toEqual(first.output);
    const [file = ""] = await readdir(join(directory, "orders"));
    expect(await readFile(join(directory, "orders", file), "utf8")).toContain(",order-1,2500,EUR,");
  });

  test("an order is refunded after its charge, and before it the 409 of the service is thrown", async () => {
    const refund = { orderId: "order-3", amountCents: 500, reason: "returned" };
    await expect(runHandler(refundCharge, refund)).rejects.toMatchObject({
      name: "HttpStatusError",
      status: 409,
      code: "charge_not_settled",
      dependency: "payments-api",
    });
    await runHandler(chargeCard, { ...charge, orderId: "order-3" });
    expect((await runHandler(refundCharge, refund)).output).toMatchObject({ amountCents: 500 });
  });

  test("an address gets its point", async () => {
    const { output } = await runHandler(geocodeAddress, {
      orderId: "order-1",
      address: "4 Mill Lane, Brno & Co",
    });
    expect(output).toMatchObject({ place: "Brno", country: "CZ" });
  });

  test("stock is reserved", async () => {
    const { output } = await runHandler(reserveStock, { orderId: "order-1", sku: "SKU-003", quantity: 2 });
    expect(output).toMatchObject({ left: 498 });
  });
});

describe("what handlers throw", () => {
  const address = { orderId: "order-1", address: "4 Mill Lane, Brno" };

  test("the status, the service's own code and words, for a payload that can never succeed", async () => {
    await expect(runHandler(chargeCard, { ...charge, card: "declined-1" })).rejects.toMatchObject({
      status: 402,
      code: "card_declined",
      message: "POST /charges answered 402: The card was declined by its bank.",
    });
    await expect(
      runHandler(geocodeAddress, { ...address, address: "1 Temple, Atlantis" }),
    ).rejects.toMatchObject({
      status: 404,
      code: "no_match",
      message: 'GET /geocode answered 404: No place matches the address "1 Temple, Atlantis".',
    });
    await expect(
      runHandler(reserveStock, { orderId: "o", sku: "SKU-020", quantity: 7 }),
    ).rejects.toMatchObject({
      status: 422,
      code: "out_of_stock",
    });
  });

  test("503 while the service is unavailable, and success by the same job after it", async () => {
    await services.faults.set("mail", { ...noFaults, error503Share: 1 });
    await expect(runHandler(sendReceiptMail, mail)).rejects.toMatchObject({
      status: 503,
      dependency: "mail-api",
    });
    await services.faults.set("mail", noFaults);
    expect((await runHandler(sendReceiptMail, mail, { attempt: 2 })).output).toHaveProperty("messageId");
  });

  test("429 with the Retry-After of the service", async () => {
    await services.faults.set("warehouse", { ...noFaults, rate429: { perSecond: 0.1 } });
    const input = { orderId: "order-1", sku: "SKU-004", quantity: 1 };
    await runHandler(reserveStock, input);
    const error = await runHandler(reserveStock, input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 429, code: "rate_limited" });
    expect((error as { headers: Headers }).headers.get("retry-after")).toBe("10");
  });

  test("the client's own TypeError with ECONNREFUSED beneath it while the service refuses", async () => {
    await services.faults.set("geocoder", { ...noFaults, refuse: true });
    const refused = { name: "TypeError", message: "fetch failed", cause: { code: "ECONNREFUSED" } };
    // The first call may still find the connection that the service has just cut.
    await expect
      .poll(() => runHandler(geocodeAddress, address).catch((error) => error))
      .toMatchObject(refused);
  });

  test("the reason of the abort, when the attempt is aborted in a call that hangs", async () => {
    await services.faults.set("payments", { ...noFaults, hangShare: 1 });
    const attempt = new AbortController();
    const running = runHandler(chargeCard, charge, { signal: attempt.signal });
    await expect.poll(async () => Number(await made("payments", "/stats", "hung"))).toBeGreaterThan(0);
    const reason = new Error("the attempt took too long");
    attempt.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  test("a TimeoutError when the service is slower than the call's own limit", async () => {
    await services.faults.set("geocoder", { ...noFaults, latencyMs: 20_000 });
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      expect(ms).toBe(3_000);
      return AbortSignal.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    });
    await expect(runHandler(geocodeAddress, address)).rejects.toMatchObject({ name: "TimeoutError" });
    timeout.mockRestore();
  });
});
