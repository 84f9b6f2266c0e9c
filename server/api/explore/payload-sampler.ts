import { samplePayloads } from "#server/store/jobs/sample-payloads.ts";
import type { ApiContext } from "../context.ts";

/** Paths in payloads with their values, each with how often it was seen. */
type Sample = Map<string, { path: string[]; seen: number; values: Map<string, number> }>;

const keptMs = 300_000;
const mostSamples = 50;
const mostPaths = 300;
const mostValues = 200;
const longestValue = 80;
const deepest = 6;

/**
 * What stands in the payloads of the newest jobs, secrets taken out, for completion. A sample of some lanes is kept for
 * five minutes, at most 50 of them.
 */
export class PayloadSampler {
  readonly #samples = new Map<string, { sample: Promise<Sample>; takenAtMs: number }>();

  /** The sample of these lanes, null for all of them. */
  read(context: Pick<ApiContext, "db" | "engine">, lanes: number[] | null): Promise<Sample> {
    const catalog = context.engine.catalog.current;
    const key = `${catalog.version}:${lanes?.join() ?? ""}`;
    const nowMs = context.engine.clock.nowMs();
    const kept = this.#samples.get(key);
    if (kept && nowMs - kept.takenAtMs < keptMs) return kept.sample;
    const [oldest] = this.#samples.keys();
    if (this.#samples.size >= mostSamples && oldest !== undefined) this.#samples.delete(oldest);
    const sample = this.#take(context, lanes);
    this.#samples.delete(key);
    this.#samples.set(key, { sample, takenAtMs: nowMs });
    sample.catch(() => this.#samples.delete(key));
    return sample;
  }

  async #take({ db, engine }: Pick<ApiContext, "db" | "engine">, lanes: number[] | null): Promise<Sample> {
    const { redactor, lanes: named } = engine.catalog.current;
    const sample: Sample = new Map();
    for (const { lane, payload } of await samplePayloads(db, lanes)) {
      const definition = named.get(lane)?.definition.name ?? null;
      const { text, redactions } = redactor.json(payload, definition);
      const secret = new Set(redactions.map(({ placeholder }) => placeholder));
      note(sample, [], JSON.parse(text), secret);
    }
    return sample;
  }
}

function note(sample: Sample, path: string[], value: unknown, secret: ReadonlySet<string>): void {
  if (typeof value === "object" && value !== null) {
    if (path.length >= deepest) return;
    const entries = Array.isArray(value)
      ? value.slice(0, 1).map((each) => ["0", each] as const)
      : Object.entries(value);
    for (const [key, each] of entries.slice(0, 50)) note(sample, [...path, key], each, secret);
    return;
  }
  if (path.length === 0 || (typeof value === "string" && secret.has(value))) return;
  const key = JSON.stringify(path);
  let seen = sample.get(key);
  if (!seen) {
    if (sample.size >= mostPaths) return;
    seen = { path, seen: 0, values: new Map() };
    sample.set(key, seen);
  }
  seen.seen += 1;
  const text = String(value);
  if (text.length > longestValue || (seen.values.size >= mostValues && !seen.values.has(text))) return;
  seen.values.set(text, (seen.values.get(text) ?? 0) + 1);
}
