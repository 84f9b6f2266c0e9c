import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClassificationContext, classifyFailure } from "./classify-failure.ts";
import { allFailureCases } from "./corpus/all-failure-cases.ts";
import { failureClasses, failureOrigins } from "./failure-class.ts";
import type { FailureReport } from "./failure-report.ts";
import type { FailureRule } from "./failure-rule.ts";

const report = (more: Partial<FailureReport> = {}): FailureReport => ({
  name: "Error",
  message: "boom",
  ...more,
});
const rule = (id: string, match: FailureRule["match"], more: Partial<FailureRule> = {}): FailureRule => ({
  id,
  name: id,
  match,
  class: "permanent",
  origin: "data",
  ...more,
});
const bare: ClassificationContext = { rules: [] };
const corpus = Object.values(allFailureCases).flat();
const anyCase = fc.constantFrom(...corpus.map((one) => one.report));
const anyClass = fc.constantFrom(...failureClasses);

const anyReport: fc.Arbitrary<FailureReport> = fc.letrec<{ report: FailureReport }>((tie) => ({
  report: fc.record(
    {
      name: fc.oneof(
        fc.string(),
        fc.constantFrom("TypeError", "AxiosError", "MongoServerError", "constructor"),
      ),
      message: fc.oneof(
        fc.string({ maxLength: 300 }),
        fc.string({ unit: "binary" }),
        fc.constantFrom("timeout", '{"code":', "14 UNAVAILABLE: x"),
      ),
      code: fc.oneof(fc.string(), fc.integer({ min: -200, max: 60_000 }).map(String), fc.constant(null)),
      stack: fc.oneof(fc.string(), fc.constant(null)),
      httpStatus: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constant(null)),
      dependency: fc.oneof(fc.string(), fc.constant(null)),
      causes: fc.array(tie("report"), { maxLength: 2, depthIdentifier: "cause" }),
    },
    { requiredKeys: ["name", "message"] },
  ),
})).report;

describe("classifyFailure", () => {
  it("answers whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(anyReport, fc.anything()), fc.anything(), (thrown, context) => {
        const answer = classifyFailure(thrown as FailureReport, context as ClassificationContext);
        expect(failureClasses).toContain(answer.class);
        expect(failureOrigins).toContain(answer.origin);
      }),
    );
  });

  it("answers a report whose fields throw", () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    ) as FailureReport;
    expect(classifyFailure(hostile, bare)).toMatchObject({ class: "unknown", retryable: true, rule: null });
  });

  it("answers the same for the same report", () => {
    fc.assert(
      fc.property(fc.oneof(anyReport, anyCase), (one) => {
        expect(classifyFailure(one, bare)).toEqual(classifyFailure(structuredClone(one), bare));
      }),
    );
  });

  it("calls retryable exactly what may clear up by itself", () => {
    const retryable = ["transient", "timeout", "rate-limited", "dependency-down", "worker-lost", "unknown"];
    fc.assert(
      fc.property(fc.oneof(anyReport, anyCase), (one) => {
        const answer = classifyFailure(one, bare);
        expect(answer.retryable).toBe(retryable.includes(answer.class));
      }),
    );
  });

  it("lets the handler's own verdict overrule the operators' rules and every other evidence", () => {
    fc.assert(
      fc.property(anyCase, anyClass, (one, verdict) => {
        const rules = [
          rule("everything", { messagePattern: "(?s)." }),
          rule("name", { errorName: one.name }),
        ];
        expect(classifyFailure({ ...one, class: verdict }, { rules })).toMatchObject({
          class: verdict,
          rule: null,
        });
      }),
    );
  });

  it("lets the outermost of several verdicts decide", () => {
    const inner = report({ name: "RateLimitedError" });
    expect(classifyFailure(report({ name: "PermanentError", causes: [inner] }), bare).class).toBe(
      "permanent",
    );
  });

  it("lets the operators' rules overrule the built-in ones, the first that matches", () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.array(anyClass, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (one, classes, skip) => {
          fc.pre(
            one.class == null &&
              one.name !== "PermanentError" &&
              !/^(RateLimited|Dependency)Error$/.test(one.name),
          );
          fc.pre(!one.causes?.some((cause) => cause.name === "PermanentError"));
          const at = skip % classes.length;
          const rules = classes.map((failureClass, index) =>
            rule(
              `r${index}`,
              { errorName: index < at ? "no such name" : one.name },
              { class: failureClass, origin: "code" },
            ),
          );
          expect(classifyFailure(one, { rules })).toMatchObject({
            class: classes[at],
            origin: "code",
            rule: { id: `r${at}` },
          });
        },
      ),
    );
  });

  it("takes a rule only when all its conditions hold", () => {
    const one = report({ code: "E1", httpStatus: 500, dependency: "crm", message: "no such ledger" });
    const whole = {
      errorName: "Error",
      code: "E1",
      httpStatus: 500,
      messagePattern: "such (ledger|book)",
      dependency: "crm",
      definition: "close-books",
    };
    const context = (match: FailureRule["match"]) => ({
      rules: [rule("r", match)],
      definition: "close-books",
    });
    expect(classifyFailure(one, context(whole)).rule?.id).toBe("r");
    for (const key of Object.keys(whole))
      expect(
        classifyFailure(one, context({ ...whole, [key]: key === "httpStatus" ? 501 : "other" })).rule?.id,
      ).not.toBe("r");
  });

  it("lets a rule see what an error wraps", () => {
    const one = report({ causes: [report({ name: "LedgerError", code: "L7" })] });
    expect(classifyFailure(one, { rules: [rule("r", { code: "L7" })] }).rule?.id).toBe("r");
  });

  it("passes over a rule whose pattern cannot be compiled", () => {
    expect(classifyFailure(report(), { rules: [rule("r", { messagePattern: "(" })] }).rule).toBeNull();
  });

  it("shows the remediation and the runbook of the rule that matched", () => {
    const rules = [
      rule("r", { errorName: "Error" }, { remediation: "Ask Kim", runbookUrl: "https://r.example/1" }),
    ];
    expect(classifyFailure(report(), { rules })).toMatchObject({
      remediation: "Ask Kim",
      runbookUrl: "https://r.example/1",
    });
  });

  it("never lets a status or a name overrule a code or specific words", () => {
    const code = report({ name: "ThrottlingException", httpStatus: 400 });
    const words = report({ name: "TypeError", message: "fetch failed", httpStatus: 400 });
    expect(classifyFailure(code, bare).class).toBe("rate-limited");
    expect(classifyFailure(words, bare).class).toBe("transient");
  });

  it("reads wrapped errors inside out", () => {
    const inner = report({ code: "ECONNREFUSED", message: "connect ECONNREFUSED 10.0.0.1:80" });
    const middle = report({ message: "Request timed out", causes: [inner] });
    const outer = report({ message: "Max retries reached", causes: [middle] });
    expect(classifyFailure(outer, bare).class).toBe("dependency-down");
  });

  it("passes over an inner error that says nothing", () => {
    const outer = report({
      code: "ETIMEDOUT",
      message: "connect ETIMEDOUT",
      causes: [report({ message: "oops" })],
    });
    expect(classifyFailure(outer, bare).class).toBe("timeout");
  });

  it("reads a number in the code by its protocol", () => {
    const seven = (more: Partial<FailureReport>) =>
      classifyFailure(report({ code: "7", message: "", ...more }), bare).class;
    expect(seven({ name: "MongoServerError" })).toBe("dependency-down");
    expect(seven({ name: "KafkaJSProtocolError" })).toBe("timeout");
    expect(seven({ name: "Error" })).toBe("permanent");
  });

  it("looks at the first 8 KiB of a message and no further", () => {
    const late = report({ message: `${"x ".repeat(4_096)}ECONNREFUSED` });
    const early = report({ message: `ECONNREFUSED ${"x ".repeat(100_000)}` });
    expect(classifyFailure(late, bare).class).toBe("unknown");
    expect(classifyFailure(early, bare).class).toBe("dependency-down");
  });

  it("names the wait it was told, by the report or by the words", () => {
    expect(classifyFailure(report({ retryAfterMs: 1500 }), bare).retryAfterMs).toBe(1500);
    expect(classifyFailure(report({ causes: [report({ retryAfterMs: 900 })] }), bare).retryAfterMs).toBe(900);
    expect(classifyFailure(report({ message: "Please try again in 6m0s." }), bare).retryAfterMs).toBe(
      360_000,
    );
    expect(classifyFailure(report(), bare).retryAfterMs).toBeNull();
  });
});
