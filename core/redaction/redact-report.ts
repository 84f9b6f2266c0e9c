import type { FailureReport } from "../failure/failure-report.ts";

type Texts = Pick<FailureReport, "message" | "stack" | "causes">;

/** A report of a failure with `redact` applied to every text of it that may hold a secret: messages and stacks. */
export function redactReport<Report extends Partial<Texts>>(
  report: Report,
  redact: (text: string) => string,
): Report {
  const { message, stack, causes } = report;
  return {
    ...report,
    ...(typeof message === "string" ? { message: redact(message) } : {}),
    ...(typeof stack === "string" ? { stack: redact(stack) } : {}),
    ...(causes ? { causes: causes.map((cause) => redactReport(cause, redact)) } : {}),
  };
}
