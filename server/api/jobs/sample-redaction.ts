import type { RedactionSettings } from "#core/redaction/redaction-settings.ts";
import { Redactor } from "#core/redaction/redactor.ts";
import type { Pool } from "#db/client.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";

const sampledJobs = 50;
const shownPlaces = 50;

export interface RedactionSample {
  /** Jobs looked at: the newest of the definition. */
  jobs: number;
  /** What the rules would take out, most often first; places, never values. */
  places: { text: "payload" | "output"; pointer: string; kind: string; rule: string; jobs: number }[];
}

/** Where rules would take something out of the newest jobs of a definition. */
export async function sampleRedaction(
  db: Pool,
  settings: RedactionSettings,
  definition: string,
): Promise<RedactionSample> {
  const redactor = new Redactor(settings);
  const page = await listJobs(db, { definition }, { limit: sampledJobs });
  const places = new Map<string, RedactionSample["places"][number]>();
  for (const { payload, output } of page.jobs) {
    const texts = [
      ["payload", payload],
      ["output", output],
    ] as const;
    for (const [text, json] of texts)
      for (const { pointer, kind, rule } of json === null ? [] : redactor.json(json, definition).redactions) {
        const place = places.get(`${text} ${pointer} ${rule}`) ?? { text, pointer, kind, rule, jobs: 0 };
        place.jobs++;
        places.set(`${text} ${pointer} ${rule}`, place);
      }
  }
  const sorted = [...places.values()].sort((a, b) => b.jobs - a.jobs);
  return { jobs: page.jobs.length, places: sorted.slice(0, shownPlaces) };
}
