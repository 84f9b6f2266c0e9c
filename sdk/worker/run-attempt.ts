import { checkPayload } from "#core/definition/payload-limits.ts";
import type { FailureReport } from "#core/failure/failure-report.ts";
import { reportFailure } from "#core/failure/report-failure.ts";
import type { JobDefinition } from "../define-job.ts";
import type { FinishedRun } from "../transports/transport.ts";
import type { RunningAttempt } from "./running-attempt.ts";

/** A definition of whatever input and output: a worker holds many kinds. */
export type AnyJob = JobDefinition;

/** Run the handler of an attempt to its end and say how it ended. Never rejects. */
export async function runAttempt(
  attempt: RunningAttempt,
  job: AnyJob | undefined,
): Promise<FinishedRun["result"]> {
  if (job === undefined) {
    const message = `this worker has no handler for ${attempt.job.definition}`;
    return { kind: "failed", failure: { name: "NoHandler", message, class: "bug" } };
  }
  try {
    const input = job.input.safeParse(JSON.parse(attempt.job.payload));
    if (!input.success) return { kind: "failed", failure: refused(input.error) };
    const output = await job.handler(input.data, attempt);
    return completed(job, output);
  } catch (thrown) {
    return failed(attempt, thrown);
  }
}

function completed(job: AnyJob, output: unknown): FinishedRun["result"] {
  if (job.output !== null) {
    const checked = job.output.safeParse(output);
    if (!checked.success) {
      const message = `the handler's output does not fit its schema: ${checked.error.message}`;
      return { kind: "failed", failure: { name: "OutputRefused", message, class: "bug" } };
    }
  }
  if (output === undefined || output === null) return { kind: "completed", output: null };
  const json = checkPayload(output);
  if (json.ok) return { kind: "completed", output: json.text };
  const message = `the handler's output cannot be stored: ${json.message}${json.path ? ` at ${json.path}` : ""}`;
  return { kind: "failed", failure: { name: "OutputRefused", message, class: "bug" } };
}

function failed(attempt: RunningAttempt, thrown: unknown): FinishedRun["result"] {
  const { aborted } = attempt;
  if (aborted?.kind === "shutdown") return { kind: "released" };
  if (aborted?.kind === "preempted") return { kind: "preempted" };
  const failure = reportFailure(thrown);
  if (aborted?.kind === "timeout" || aborted?.kind === "heartbeat-timeout")
    return {
      kind: "timed-out",
      failure: { ...failure, name: "AttemptTimeout", message: aborted.message, class: "timeout" },
    };
  return { kind: "failed", failure };
}

function refused(error: {
  issues: readonly { path: readonly PropertyKey[]; message: string }[];
}): FailureReport {
  const places = error.issues
    .slice(0, 10)
    .map(({ path, message }) => `${path.map(String).join(".") || "payload"}: ${message}`);
  return {
    name: "InputRefused",
    message: `the payload does not fit the handler's input: ${places.join("; ")}`,
    class: "invalid-input",
  };
}
