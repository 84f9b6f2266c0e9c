import type { Queryable } from "#db/client.ts";
import { digestOf } from "./lock-held-jobs.ts";

/** A completed job whose output may answer others of the same payload. */
export interface CachedResult {
  definitionId: number;
  jobId: string;
  /** How old the one that is kept may be without being replaced, ms: not each completion need write. */
  freshMs: number;
}

/** Note which completed jobs answer their payloads: one row a definition and payload, the newest within `freshMs`. */
export async function saveCachedResults(db: Queryable, results: readonly CachedResult[]): Promise<void> {
  await db.query({
    name: "save-cached-results",
    text: `with moment as materialized (select signalbox.now_ms() as now_ms),
      done as materialized (
        select i.*, ${digestOf("coalesce(a.payload, j.payload)")} as digest
        from unnest($1::int[], $2::bigint[], $3::bigint[]) as i(definition_id, job_id, fresh_ms)
        cross join lateral (select payload from signalbox.jobs where id = i.job_id limit 1) j
        left join lateral (
          select payload from signalbox.amendments where job_id = i.job_id order by revision desc limit 1) a on true)
      insert into signalbox.cached_results (definition_id, digest, finished_at_ms, job_id)
      select distinct on (d.definition_id, d.digest) d.definition_id, d.digest, m.now_ms, d.job_id
      from done d cross join moment m
      where not exists (select from signalbox.cached_results c where c.definition_id = d.definition_id and c.digest = d.digest
        and c.finished_at_ms >= m.now_ms - d.fresh_ms)
      order by d.definition_id, d.digest, d.job_id desc
      on conflict (definition_id, digest) do update set finished_at_ms = excluded.finished_at_ms, job_id = excluded.job_id
        where cached_results.finished_at_ms < excluded.finished_at_ms`,
    values: [
      results.map(({ definitionId }) => definitionId),
      results.map(({ jobId }) => jobId),
      results.map(({ freshMs }) => freshMs),
    ],
  });
}
