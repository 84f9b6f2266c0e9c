import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allFailureCases } from "./corpus/all-failure-cases.ts";
import type { FailureReport } from "./failure-report.ts";
import { fingerprintFailure } from "./fingerprint.ts";
import { normaliseMessage } from "./normalise-message.ts";

const print = (message: string, more: Partial<FailureReport> = {}, dependency: string | null = null) =>
  fingerprintFailure({ name: "Error", message, ...more }, dependency).fingerprint;

const stack = (line: number, root = "/app") => `Error: boom
    at chargeCard (${root}/jobs/charge.ts:${line}:11)
    at async Object.run (${root}/node_modules/lib/index.js:5:3)
    at async handler (file://${root}/jobs/handler.ts:9:1)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`;

describe("fingerprintFailure", () => {
  it("is 16 hexadecimal digits, for anything", () => {
    fc.assert(
      fc.property(fc.anything(), fc.oneof(fc.string(), fc.constant(null)), (thrown, dependency) => {
        const { fingerprint, title } = fingerprintFailure(thrown as FailureReport, dependency);
        expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
        expect(title.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`));
  const moving: [string, (value: string) => string, fc.Arbitrary<string>][] = [
    ["a number", (v) => `order ${v} failed after retry`, fc.nat().map(String)],
    ["a uuid", (v) => `job ${v} not found`, fc.uuid()],
    [
      "a time",
      (v) => `not before ${v} please`,
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((d) => d.toISOString()),
    ],
    ["a duration", (v) => `no answer in ${v}ms`, fc.nat().map(String)],
    [
      "an address and a port",
      (v) => `connect ECONNREFUSED ${v}`,
      fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 })).map(([ip, port]) => `${ip}:${port}`),
    ],
    [
      "an IPv6 address",
      (v) => `connect ECONNREFUSED ${v}`,
      fc.constantFrom("::1:3000", "2a00:1450:4001:80e::200e:443", "fe80::1:80"),
    ],
    [
      "a port of a host",
      (v) => `cannot reach db.internal:${v}`,
      fc.integer({ min: 10, max: 65_535 }).map(String),
    ],
    ["a path", (v) => `ENOENT: no such file or directory, open '/data/in/${v}.csv'`, digits(6)],
    ["a hex value", (v) => `bad checksum 0x${v}`, fc.stringMatching(/^[0-9a-f]{4,16}$/)],
    [
      "an e-mail address",
      (v) => `cannot deliver to ${v}`,
      fc
        .tuple(fc.stringMatching(/^[a-z]{1,8}[0-9]{0,3}$/), fc.constantFrom("a.example", "b.example.org"))
        .map(([user, host]) => `${user}@${host}`),
    ],
    ["a quoted value", (v) => `No such customer: '${v}'`, fc.stringMatching(/^[a-z]{3}_[0-9A-Za-z ]{5,14}$/)],
    ["a prefixed id", (v) => `No such charge: ch_${v}`, fc.stringMatching(/^[0-9]{2}[A-Za-z0-9]{10,14}$/)],
    [
      "an instance of a host",
      (v) => `pool for shard-${v}.mongo.internal was cleared`,
      fc.nat({ max: 99 }).map(String),
    ],
    [
      "the path of an address",
      (v) => `GET https://api.partner.example/v1/orders/${v} failed`,
      fc.stringMatching(/^[a-z0-9]{1,12}$/),
    ],
  ];
  for (const [what, message, arbitrary] of moving)
    it(`stays the same when ${what} changes`, () => {
      fc.assert(
        fc.property(arbitrary, arbitrary, (one, other) => {
          expect(normaliseMessage(message(one))).toBe(normaliseMessage(message(other)));
          expect(print(message(one))).toBe(print(message(other)));
        }),
      );
    });

  it.each([
    [
      "constraints",
      'violates unique constraint "users_email_key"',
      'violates unique constraint "users_name_key"',
    ],
    ["columns", 'null value in column "name"', 'null value in column "email"'],
    ["tables", 'relation "orders" does not exist', 'relation "invoices" does not exist'],
    [
      "properties",
      "Cannot read properties of undefined (reading 'id')",
      "Cannot read properties of undefined (reading 'total')",
    ],
    ["functions", "order.total is not a function", "order.lines is not a function"],
    ["error codes", "connect ECONNREFUSED 10.0.0.1:80", "connect ETIMEDOUT 10.0.0.1:80"],
    ["HTTP statuses", "Request failed with status code 502", "Request failed with status code 429"],
    ["gRPC statuses", "14 UNAVAILABLE: no", "13 INTERNAL: no"],
    [
      "API actions",
      "not authorized to perform: sqs:SendMessage",
      "not authorized to perform: sqs:ReceiveMessage",
    ],
    ["codes in a body", '{"error":{"code":"rate_limit_exceeded"}}', '{"error":{"code":"invalid_api_key"}}'],
    [
      "required properties",
      "must have required property 'invoiceId'",
      "must have required property 'amount'",
    ],
    ["hosts of services", "GET https://api.a.example/v1 failed", "GET https://api.b.example/v1 failed"],
  ])("tells %s apart", (_what, one, other) => {
    expect(normaliseMessage(one)).not.toBe(normaliseMessage(other));
  });

  it("tells names, codes and dependencies apart", () => {
    const codes = ["ECONNRESET", "ETIMEDOUT", "23505", "23503", "14"];
    expect(new Set(codes.map((code) => print("boom", { code }))).size).toBe(codes.length);
    expect(print("boom", { httpStatus: 500 })).not.toBe(print("boom", { httpStatus: 503 }));
    expect(print("boom", { name: "A" })).not.toBe(print("boom", { name: "B" }));
    expect(print("boom", {}, "crm")).not.toBe(print("boom", {}, "erp"));
  });

  it("sees the own frames by function and file, not by line, host or package", () => {
    const at = (text: string) => print("boom", { stack: text });
    expect(at(stack(7))).toBe(at(stack(99)));
    expect(at(stack(7))).toBe(at(stack(7, "/home/kim/shop")));
    expect(at(stack(7))).not.toBe(at(stack(7).replace("chargeCard", "refundCard")));
    expect(at(stack(7))).toBe(at(stack(7).replace("lib/index.js", "other/main.js")));
  });

  it("takes the code of what is wrapped when the outer error has none", () => {
    const wraps = (code: string) => print("Failed query", { causes: [{ name: "error", code, message: "" }] });
    expect(wraps("23505")).not.toBe(wraps("40001"));
  });

  it("spreads evenly: ten thousand texts, no two alike, each bit set half of the time", () => {
    const prints = Array.from({ length: 10_000 }, (_, index) => print("boom", { code: `E${index}` }));
    expect(new Set(prints).size).toBe(prints.length);
    for (let bit = 0; bit < 64; bit += 1) {
      const set = prints.filter((one) => (BigInt(`0x${one}`) >> BigInt(bit)) & 1n).length;
      expect(Math.abs(set - 5_000)).toBeLessThan(250);
    }
  });

  it("shows name and normalised message as the title", () => {
    expect(fingerprintFailure({ name: "LedgerError", message: "ledger 42 is closed" }, null).title).toBe(
      "LedgerError: ledger <n> is closed",
    );
  });

  it("normalises what is normalised to itself, for every message of the corpus", () => {
    for (const { report } of Object.values(allFailureCases).flat()) {
      const once = normaliseMessage(report.message);
      expect(normaliseMessage(once)).toBe(once);
    }
  });
});
