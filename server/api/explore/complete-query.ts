import { filterConditions } from "#core/query/filter-conditions.ts";
import { fittingWords } from "#core/query/fitting-words.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import { listErrorNames } from "#server/store/failures/list-error-names.ts";
import { resolveFilter } from "#server/store/jobs/resolve-filter.ts";
import { sampleConcurrencyKeys } from "#server/store/jobs/sample-concurrency-keys.ts";
import { sampleTags } from "#server/store/jobs/sample-tags.ts";
import type { ApiContext } from "../context.ts";
import { PayloadSampler } from "./payload-sampler.ts";

/** What can be completed: values of a field; keys of the payload; or the values at a path of it. */
export type CompletionOf =
  | { field: "queue" | "definition" | "tag" | "error" | "concurrency" }
  | { field: "payload-path" }
  | { field: "payload-value"; path: string[] };

/** One thing to offer. `path` is given for the keys of payloads. */
export interface Completion {
  value: string;
  path?: string[];
}

const most = 30;
const sampler = new PayloadSampler();

/** What begins with, then what contains the text typed; of payloads the most common first. At most 30. */
export async function completeQuery(
  context: Pick<ApiContext, "db" | "engine">,
  of: CompletionOf,
  typed: string,
  filter: JobFilter,
): Promise<Completion[]> {
  const catalog = context.engine.catalog.current;
  switch (of.field) {
    case "queue":
      return fitting([...catalog.queues.keys()].sort(), typed);
    case "definition":
      return fitting([...catalog.definitions.keys()].sort(), typed);
    case "tag":
      return fitting(await sampleTags(context.db), typed);
    case "concurrency":
      return fitting(await sampleConcurrencyKeys(context.db), typed);
    case "error":
      return fitting(await listErrorNames(context.db), typed);
    case "payload-path": {
      const sample = [...(await sampler.read(context, await lanesOf(context, filter))).values()];
      const paths = sample.sort((a, b) => b.seen - a.seen).map(({ path }) => path);
      const names = new Map(paths.map((path) => [path.join("."), path]));
      return fitting([...names.keys()], typed).map(({ value }) => ({ value, path: names.get(value) }));
    }
    case "payload-value": {
      const sample = await sampler.read(context, await lanesOf(context, filter));
      const values = [...(sample.get(JSON.stringify(of.path))?.values ?? [])];
      return fitting(
        values.sort((a, b) => b[1] - a[1]).map(([value]) => value),
        typed,
      );
    }
  }
}

/** The lanes of the queues and definitions that the filter names, so that their keys are offered and no others. */
async function lanesOf({ db }: Pick<ApiContext, "db">, filter: JobFilter): Promise<number[] | null> {
  const where = filterConditions(filter).filter(({ field }) => field === "queue" || field === "definition");
  if (where.length === 0) return null;
  return (await resolveFilter(db, { where }))?.lanes ?? null;
}

function fitting(words: readonly string[], typed: string): Completion[] {
  return fittingWords(words, typed, most).map((value) => ({ value }));
}
