import type { JobPage } from "#server/api/jobs/job-detail.ts";

/** The call of the HTTP API that submits a job like this one; redacted values have to be filled in by hand. */
export function curlOf(job: JobPage, origin: string): string {
  const body = JSON.stringify({ definition: job.definition, payload: payloadOf(job), ...optionsOf(job) });
  return [
    `curl -X POST ${origin}/api/v1/jobs`,
    `  -H "Authorization: Bearer $SIGNALBOX_TOKEN"`,
    "  -H 'Content-Type: application/json'",
    `  -d ${shellQuoted(body)}`,
  ].join(" \\\n");
}

/** The call of the SDK that submits a job like this one. */
export function sdkCallOf(job: JobPage): string {
  const options = optionsOf(job);
  const last = Object.keys(options).length > 0 ? `, ${JSON.stringify(options)}` : "";
  const payload = JSON.stringify(payloadOf(job), null, 2);
  return `await producer.enqueue(${JSON.stringify(job.definition)}, ${payload}${last});`;
}

/** The job as JSON, payload and output as values. */
export function jsonOf(job: JobPage): string {
  const { payload, output, can: _can, passes: _passes, ...rest } = job;
  const values = { payload: payloadOf(job), output: output ? (JSON.parse(output.text) as unknown) : null };
  return JSON.stringify({ ...rest, ...values }, null, 2);
}

function payloadOf({ payload }: JobPage): unknown {
  return payload ? (JSON.parse(payload.text) as unknown) : null;
}

/** No idempotency key: with it the call would find this job again. */
function optionsOf({ priority, tags, correlationId }: JobPage) {
  return { priority, ...(tags.length > 0 ? { tags } : {}), ...(correlationId ? { correlationId } : {}) };
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
