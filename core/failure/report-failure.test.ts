import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyFailure } from "./classify-failure.ts";
import { failureReportSchema, failureTextLimits } from "./failure-report.ts";
import { reportFailure } from "./report-failure.ts";

const made = (message: string, fields: object) => Object.assign(new Error(message), fields);
const classOf = (thrown: unknown) => classifyFailure(reportFailure(thrown), { rules: [] }).class;

describe("reportFailure", () => {
  it("never throws, and always makes a report that the wire takes", () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true }),
        (thrown) => {
          const report = reportFailure(thrown);
          expect(failureReportSchema.safeParse(JSON.parse(JSON.stringify(report))).success).toBe(true);
        },
      ),
    );
  });

  it.each([undefined, null, "", "just text", 42, 7n, Symbol("x"), () => 1, [], {}])(
    "names %s a NonError",
    (thrown) => {
      expect(reportFailure(thrown).name).toBe("NonError");
      expect(classOf(thrown)).toBe("unknown");
    },
  );

  it("survives getters, proxies and prototypes that throw", () => {
    const refuse = () => {
      throw new Error("no");
    };
    const getter = Object.defineProperty(new Error("seen"), "code", { get: refuse });
    expect(reportFailure(getter)).toMatchObject({ name: "Error", message: "seen" });
    expect(reportFailure(new Proxy(new Error("x"), { get: refuse })).name).toBe("NonError");
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(reportFailure(proxy).name).toBe("NonError");
    expect(reportFailure(made("x", { toJSON: refuse, response: { data: { toJSON: refuse } } })).message).toBe(
      "x",
    );
  });

  it("follows causes outermost first, at most ten, and circles once", () => {
    const inner = new Error("inner");
    const chain = Array.from({ length: 20 }).reduce<Error>(
      (cause, _one, at) => new Error(`${at}`, { cause }),
      inner,
    );
    const report = reportFailure(chain);
    expect(report.causes?.map(({ message }) => message)).toEqual([
      "18",
      "17",
      "16",
      "15",
      "14",
      "13",
      "12",
      "11",
      "10",
      "9",
    ]);
    const circle = made("a", {});
    circle.cause = made("b", { cause: circle });
    expect(reportFailure(circle).causes).toHaveLength(1);
  });

  it("takes the errors of an aggregate as causes", () => {
    const report = reportFailure(
      new AggregateError([made("one", { code: "ECONNREFUSED" }), new Error("two")], "all"),
    );
    expect(report.causes?.map(({ message, code }) => [message, code])).toEqual([
      ["one", "ECONNREFUSED"],
      ["two", undefined],
    ]);
  });

  it("cuts long texts and replaces what a database does not take", () => {
    const report = reportFailure(made(`\u0000\ud800${"x".repeat(100_000)}`, { code: 404_000 }));
    expect(report.message).toHaveLength(failureTextLimits.message);
    expect(report.message.startsWith("\ufffd\ufffdx")).toBe(true);
    expect(report.code).toBe("404000");
  });

  it("names an unnamed class of error by its constructor", () => {
    class LedgerError extends Error {}
    expect(reportFailure(new LedgerError("x")).name).toBe("LedgerError");
  });

  it.each<[string, unknown, object]>([
    [
      "axios",
      made("Request failed with status code 429", {
        code: "ERR_BAD_REQUEST",
        response: { status: 429, headers: { "retry-after": "7" }, data: { error: "slow" } },
      }),
      { httpStatus: 429, retryAfterMs: 7_000, code: "ERR_BAD_REQUEST" },
    ],
    [
      "fetch with Headers",
      made("no", {
        status: 503,
        headers: new Headers({
          "Retry-After": "Wed, 15 Jan 2025 12:01:00 GMT",
          Date: "Wed, 15 Jan 2025 12:00:00 GMT",
        }),
      }),
      { httpStatus: 503, retryAfterMs: 60_000 },
    ],
    [
      "a thrown Response",
      new Response("", { status: 502, statusText: "Bad Gateway" }),
      { name: "HttpError", httpStatus: 502, message: "HTTP 502 Bad Gateway" },
    ],
    [
      "AWS",
      made("Rate exceeded", {
        name: "ThrottlingException",
        $metadata: { httpStatusCode: 400 },
        $retryable: { throttling: true },
      }),
      { name: "ThrottlingException", httpStatus: 400 },
    ],
    [
      "Stripe",
      made("declined", {
        type: "StripeCardError",
        statusCode: 402,
        code: "card_declined",
        decline_code: "insufficient_funds",
      }),
      { httpStatus: 402, code: "insufficient_funds" },
    ],
    [
      "Google",
      made("Rate Limit Exceeded", { code: 403, errors: [{ reason: "rateLimitExceeded" }] }),
      { httpStatus: 403, code: "rateLimitExceeded" },
    ],
    [
      "Slack",
      made("An API error occurred: is_archived", {
        code: "slack_webapi_platform_error",
        data: { ok: false, error: "is_archived" },
      }),
      { code: "is_archived" },
    ],
    [
      "gRPC",
      made("14 UNAVAILABLE", { code: 14, details: "no connection" }),
      { code: "14", message: "14 UNAVAILABLE (no connection)" },
    ],
    [
      "Postgres",
      made("duplicate key value", { code: "23505", constraint: "users_email_key", table: "users" }),
      { code: "23505", message: 'duplicate key value (constraint "users_email_key", table "users")' },
    ],
    [
      "nodemailer",
      made("Message failed", { code: "EMESSAGE", responseCode: 451, response: "451 4.7.1 try later" }),
      { code: "EMESSAGE", message: "Message failed (451 451 4.7.1 try later)" },
    ],
    [
      "Zod",
      made('[{"code":"too_small"}]', {
        name: "ZodError",
        issues: [
          { code: "too_small", path: ["lines", 0, "quantity"], message: "Too small" },
          { code: "custom", path: [], message: "Nothing ordered" },
        ],
      }),
      { name: "ZodError", message: "lines[0].quantity: Too small; Nothing ordered" },
    ],
    ["issues that are none", made("[1] of 3 failed", { issues: [{}, null] }), { message: "[1] of 3 failed" }],
    [
      "the SDK",
      made("crm failed", { name: "DependencyError", dependency: "crm" }),
      { name: "DependencyError", dependency: "crm" },
    ],
    ["a verdict", made("x", { failureClass: "poison" }), { class: "poison" }],
  ])("knows the shape of %s", (_what, thrown, expected) => {
    expect(reportFailure(thrown)).toMatchObject(expected);
  });

  it("keeps the body of an answer, whose code then decides", () => {
    const body = { error: { type: "overloaded_error", message: "Overloaded" } };
    expect(classOf(made("400", { status: 400, error: body }))).toBe("dependency-down");
    expect(classOf(made("400", { response: { status: 400, data: '{"code":"ThrottlingException"}' } }))).toBe(
      "rate-limited",
    );
  });

  it("believes $retryable of AWS", () => {
    expect(
      classOf(
        made("odd", {
          name: "OddException",
          $retryable: { throttling: true },
          $metadata: { httpStatusCode: 400 },
        }),
      ),
    ).toBe("rate-limited");
  });

  it("tells a date apart from no date when nobody says what time it is", () => {
    const thrown = made("x", { headers: { "retry-after": "Wed, 15 Jan 2025 12:01:00 GMT" } });
    expect(reportFailure(thrown).retryAfterMs).toBeUndefined();
    expect(reportFailure(thrown, Date.UTC(2025, 0, 15, 12)).retryAfterMs).toBe(60_000);
  });
});
