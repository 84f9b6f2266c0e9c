import type { FailureClass, FailureOrigin } from "../failure-class.ts";
import type { FailureReport } from "../failure-report.ts";

/** An error as met in the wild, and what it is. */
export interface FailureCase {
  report: FailureReport;
  dependency: string | null;
  knownDependencies: string[];
  class: FailureClass;
  origin: FailureOrigin;
}

/** What a case has beside name, code and message; `on` is the dependency the job was calling. */
type CaseExtras = Partial<FailureReport> & { on?: string; known?: string[] };

/** A case: the expected class and origin in one text, then name, code (null for none) and message. */
export function failureCase(
  expected: `${FailureClass} ${FailureOrigin}`,
  name: string,
  code: string | null,
  message: string,
  { on, known, ...extras }: CaseExtras = {},
): FailureCase {
  const [failureClass, origin] = expected.split(" ") as [FailureClass, FailureOrigin];
  return {
    report: { name, message, ...(code !== null && { code }), ...extras },
    dependency: on ?? null,
    knownDependencies: known ?? [],
    class: failureClass,
    origin,
  };
}
