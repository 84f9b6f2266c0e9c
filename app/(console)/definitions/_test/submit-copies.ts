/** What a test submit sends beside the definition: as POST /jobs takes it. */
export interface TestJob {
  payload: unknown;
  priority?: string;
  runAt?: string;
  idempotencyKey?: string;
  tags?: string[];
}

/** The call of the HTTP API that submits the job. */
export function curlOfSubmit(definition: string, job: TestJob, origin: string): string {
  const body = JSON.stringify({ definition, ...job }).replaceAll("'", `'\\''`);
  return [
    `curl -X POST ${origin}/api/v1/jobs`,
    `  -H "Authorization: Bearer $SIGNALBOX_TOKEN"`,
    "  -H 'Content-Type: application/json'",
    `  -d '${body}'`,
  ].join(" \\\n");
}

/** The call of the SDK that submits the job. */
export function sdkCallOfSubmit(definition: string, { payload, runAt, ...options }: TestJob): string {
  const parts = Object.entries(options).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  if (runAt !== undefined) parts.push(`runAt: new Date(${JSON.stringify(runAt)})`);
  const last = parts.length === 0 ? "" : `, { ${parts.join(", ")} }`;
  return `await producer.enqueue(${JSON.stringify(definition)}, ${JSON.stringify(payload, null, 2)}${last});`;
}
