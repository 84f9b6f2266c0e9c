import { classifyFailure } from "../../core/failure/classify-failure.ts";
import type { FailureReport } from "../../core/failure/failure-report.ts";
import { fingerprintFailure } from "../../core/failure/fingerprint.ts";

/** A failure as the attempts table holds it. */
export interface PastFailure {
  /** JSON text. */
  error: string;
  class: string;
  origin: string;
  ruleId: string | null;
  ruleName: string | null;
  fingerprint: string;
}

const services = ["payments-api", "mail-api", "geocoder", "warehouse", "crm", "search"];

const reports: FailureReport[] = [
  ...services.flatMap((dependency): FailureReport[] => [
    {
      name: "HttpStatusError",
      message: `POST /v1 of ${dependency} answered 503`,
      httpStatus: 503,
      dependency,
    },
    {
      name: "HttpStatusError",
      message: `POST /v1 of ${dependency} answered 500`,
      httpStatus: 500,
      dependency,
    },
    { name: "HttpStatusError", message: `${dependency} answered 429`, httpStatus: 429, dependency },
    { name: "Error", message: `connect ECONNREFUSED ${dependency}`, code: "ECONNREFUSED", dependency },
    { name: "Error", message: `read ECONNRESET ${dependency}`, code: "ECONNRESET", dependency },
    { name: "TimeoutError", message: `${dependency} did not answer within 2000 ms`, dependency },
  ]),
  ...Array.from({ length: 16 }, (_, index) => ({
    name: "TypeError",
    message: `Cannot read properties of undefined (reading 'field${String.fromCharCode(97 + index)}')`,
    stack: `TypeError: Cannot read\n    at step${String.fromCharCode(97 + index)} (file:///srv/jobs/step.js:${index + 1}:9)`,
  })),
  ...Array.from({ length: 8 }, (_, index) => ({
    name: "ValidationError",
    message: `field${String.fromCharCode(97 + index)} is not a known currency`,
  })),
];

/** Sixty different failures, classified and fingerprinted as a worker's would be. */
export function pastFailures(): PastFailure[] {
  return reports.map((report) => {
    const dependency = report.dependency ?? null;
    const verdict = classifyFailure(report, { rules: [], dependency });
    return {
      error: JSON.stringify(report),
      class: verdict.class,
      origin: verdict.origin,
      ruleId: verdict.rule?.id ?? null,
      ruleName: verdict.rule?.name ?? null,
      fingerprint: fingerprintFailure(report, dependency).fingerprint,
    };
  });
}
