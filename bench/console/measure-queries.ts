import { quantile } from "./quantile.ts";

/** One way a page asks: a procedure and the input it is asked with. */
export interface QuerySample {
  procedure: string;
  /** What is special about this input, for the report. */
  about: string;
  input: unknown;
}

export interface QueryTimes {
  sample: QuerySample;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

const warmUps = 3;

/**
 * Ask each query `times` times over HTTP, one after the other, and tell how long the whole answer took. Rejects when one
 * is refused: a query that fails quickly must not look like a quick one.
 */
export async function measureQueries(
  baseUrl: string,
  cookie: string,
  samples: readonly QuerySample[],
  times: number,
): Promise<QueryTimes[]> {
  const refusals: string[] = [];
  for (const sample of samples)
    await ask(baseUrl, cookie, sample).catch((error: Error) => refusals.push(error.message));
  if (refusals.length > 0) throw new Error(refusals.join("\n"));
  const measured: QueryTimes[] = [];
  for (const sample of samples) {
    const spent: number[] = [];
    for (let turn = 0; turn < warmUps + times; turn++) {
      const startedAtMs = performance.now();
      await ask(baseUrl, cookie, sample);
      if (turn >= warmUps) spent.push(performance.now() - startedAtMs);
    }
    spent.sort((a, b) => a - b);
    measured.push({
      sample,
      p50Ms: quantile(spent, 0.5),
      p95Ms: quantile(spent, 0.95),
      maxMs: spent.at(-1) ?? 0,
    });
  }
  return measured;
}

/** The answer of one query. */
export async function ask(
  baseUrl: string,
  cookie: string,
  { procedure, input }: QuerySample,
): Promise<unknown> {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer = await fetch(`${baseUrl}/api/trpc/${procedure}${query}`, { headers: { cookie } });
  const body = (await answer.json()) as { result?: { data: unknown }; error?: { message: string } };
  if (!answer.ok || !body.result)
    throw new Error(`${procedure} ${JSON.stringify(input)}: ${answer.status} ${body.error?.message ?? ""}`);
  return body.result.data;
}
