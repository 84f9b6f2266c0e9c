import type { Queryable } from "#db/client.ts";
import { numberArray } from "../number-array.ts";
import { readyChannel } from "./notify-ready.ts";

/** One job to write; texts and JSON are checked before they come here. */
export interface NewJob {
  id: string;
  lane: number;
  rank: number;
  definitionVersion: number;
  definitionId: number;
  /** JSON text. */
  payload: string;
  runAtMs: number | null;
  idempotencyKey: string | null;
  concurrencyKey: string | null;
  correlationId: string | null;
  traceparent: string | null;
  tags: string[] | null;
  submittedBy: string | null;
  /** Whole-job limit counted from now, ms. */
  totalMs: number | null;
}

export interface InsertedJobs {
  /** Ids that were written; the others lost to an idempotency key that is taken. */
  ids: Set<string> | "all";
  /** A lane and class these jobs went to had nothing fresh waiting: its workers may be asleep and want a hint. */
  wake: boolean;
}

/** Which of the keys a statement writes; without them it does not look for them either. */
interface WrittenKeys {
  idempotency: boolean;
  concurrency: boolean;
}

const source = ({ concurrency }: WrittenKeys) => `input as materialized (
    select * from rows from (
      unnest($1::bigint[]), unnest($2::int[]), unnest($3::smallint[]), unnest($4::int[]), json_array_elements($5::json),
      unnest($6::bigint[]), unnest($7::text[]), unnest($8::text[]), unnest($9::text[]), unnest($10::text[])${
        concurrency ? ", unnest($15::text[])" : ""
      }
    ) as t(id, lane, class, version, payload, run_at_ms, idempotency_key, correlation_id, traceparent, tags${
      concurrency ? ", concurrency_key" : ""
    })
  ), moment as materialized (select signalbox.now_ms() as now_ms)`;

// A job with a concurrency key is parked where its queue limits keys: a dispatcher admits it (ADR 20). The queue is read
// and not the catalogue of this process, which may be a moment old.
const park = (rows: string) => `parked as materialized (
    select r.id, format('%s %s', q.id, r.concurrency_key) as reference from ${rows} r, moment, signalbox.lanes l, signalbox.queues q
    where r.concurrency_key is not null and (r.run_at_ms is null or r.run_at_ms <= now_ms) and l.id = r.lane
      and q.id = l.queue_id and (q.max_running_per_key is not null or q.fair)
  ), aside as (
    insert into signalbox.held (id, reason, reference, held_at_ms, run_at_ms, lane, attempt, class, failures, losses)
    select id, 'concurrency-key', reference, now_ms, now_ms, lane, 0, class, 0, 0 from ${rows} join parked using (id), moment
  ), `;

const write = (rows: string, { concurrency }: WrittenKeys) => `${concurrency ? park(rows) : ""}job as (
    insert into signalbox.jobs (id, lane, class, definition_version, payload, run_at_ms, idempotency_key,
      correlation_id, traceparent, tags, submitted_by${concurrency ? ", concurrency_key" : ""})
    select id, lane, class, version, payload, run_at_ms, idempotency_key, correlation_id, traceparent, tags::text[], $11${
      concurrency ? ", concurrency_key" : ""
    }
    from ${rows}
  ), due as (
    insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses)
    select now_ms, id, lane, 0, class, 0, 0 from ${rows}, moment where (run_at_ms is null or run_at_ms <= now_ms)${
      concurrency ? " and id not in (select id from parked)" : ""
    }
  ), later as (
    insert into signalbox.scheduled (id, run_at_ms, lane, attempt, class, failures, losses, retry)
    select id, run_at_ms, lane, 0, class, 0, 0, false from ${rows}, moment where run_at_ms > now_ms
  )`;

// Evaluated in the statement's snapshot, so it does not see the rows written above. Only the last second is looked at:
// the entries of claimed jobs before it are dead and would be walked through one by one until the next vacuum.
// With $12 the statement sends the hint itself, at its own commit: see ADR 0005 for when.
const edge = `(select exists (select from (select distinct lane, class from input) i, moment
    where not exists (select from signalbox.ready r
      where r.lane = i.lane and r.class = i.class and r.run_at_ms >= moment.now_ms - 1000)) as wake) edge`;
const wake = `edge.wake, case when edge.wake and $12 then
    pg_notify('${readyChannel}', (select string_agg(distinct lane::text, ',') from input))::text end as hinted`;

const takeReceipts = `taken as (
    insert into signalbox.receipts as r (definition_id, key, job_id, expires_at)
    select d, idempotency_key, id, clock_timestamp() + make_interval(secs => $14)
    from (select *, ($13::int[])[ordinality] as d from (select *, row_number() over () as ordinality from input) n) i
    where idempotency_key is not null order by d, idempotency_key
    on conflict (definition_id, key) do update set job_id = excluded.job_id, expires_at = excluded.expires_at
      where r.expires_at <= clock_timestamp()
    returning job_id
  ), fresh as materialized (
    select * from input where idempotency_key is null or id in (select job_id from taken)
  ), `;

function insertStatement(keys: WrittenKeys): { name: string; text: string } {
  const rows = keys.idempotency ? "fresh" : "input";
  const ids = keys.idempotency ? "coalesce((select array_agg(id) from fresh), '{}')" : "null::bigint[]";
  // What has no place in the statement must still have a type.
  const unused =
    keys.concurrency && !keys.idempotency ? ", $13::int[] as no_definitions, $14::int as no_time" : "";
  return {
    name: `insert-jobs${keys.idempotency ? "-keyed" : ""}${keys.concurrency ? "-concurrent" : ""}`,
    text: `with ${source(keys)}, ${keys.idempotency ? takeReceipts : ""}${write(rows, keys)}
  select ${ids} as ids, ${wake}${unused} from ${edge}`,
  };
}

const [plain, concurrent] = [false, true].map((concurrency) => ({
  once: insertStatement({ idempotency: true, concurrency }),
  any: insertStatement({ idempotency: false, concurrency }),
})) as [InsertStatements, InsertStatements];
type InsertStatements = Record<"once" | "any", { name: string; text: string }>;

const insertDeadlines = `insert into signalbox.deadlines (job_id, deadline_ms)
  select id, signalbox.now_ms() + total from unnest($1::bigint[], $2::bigint[]) as t(id, total)`;

/** How long a receipt answers for its idempotency key, s: 7 days, within the retention of the job itself. */
export const receiptTtlS = 7 * 86_400;

/**
 * Write jobs and their first placement (ready, scheduled when due later, or held behind others of their concurrency key) in one statement. Jobs with an
 * idempotency key first take the receipt of (definition, key); a live receipt wins and that job is not written.
 * Keys must be distinct within the call. Callers that pass `totalMs` or need several statements to be one must
 * run this in a transaction. With `hint` the commit itself wakes the workers when `wake` is true; without, that is the
 * caller's to do.
 */
export async function insertJobs(
  db: Queryable,
  jobs: NewJob[],
  submittedBy: string | null,
  hint: boolean,
): Promise<InsertedJobs> {
  const keys = {
    idempotency: jobs.some((job) => job.idempotencyKey !== null),
    concurrency: jobs.some((job) => job.concurrencyKey !== null),
  };
  const values: unknown[] = [
    numberArray(jobs.map((job) => job.id)),
    numberArray(jobs.map((job) => job.lane)),
    numberArray(jobs.map((job) => job.rank)),
    numberArray(jobs.map((job) => job.definitionVersion)),
    `[${jobs.map((job) => job.payload).join(",")}]`,
    jobs.some((job) => job.runAtMs !== null) ? numberArray(jobs.map((job) => job.runAtMs)) : null,
    unlessAllNull(jobs.map((job) => job.idempotencyKey)),
    unlessAllNull(jobs.map((job) => job.correlationId)),
    unlessAllNull(jobs.map((job) => job.traceparent)),
    unlessAllNull(jobs.map((job) => (job.tags === null ? null : arrayLiteral(job.tags)))),
    submittedBy,
    hint,
  ];
  if (keys.idempotency)
    values.push(
      jobs.map((job) => job.definitionId),
      receiptTtlS,
    );
  else if (keys.concurrency) values.push(null, null);
  if (keys.concurrency) values.push(jobs.map((job) => job.concurrencyKey));
  const statement = (keys.concurrency ? concurrent : plain)[keys.idempotency ? "once" : "any"];
  const { rows } = await db.query({ ...statement, values });
  const row = rows[0] as { ids: string[] | null; wake: boolean };
  const ids = row.ids === null ? "all" : new Set(row.ids);
  const limited = jobs.filter((job) => job.totalMs !== null && (ids === "all" || ids.has(job.id)));
  if (limited.length > 0)
    await db.query({
      name: "insert-deadlines",
      text: insertDeadlines,
      values: [limited.map((job) => job.id), limited.map((job) => job.totalMs)],
    });
  return { ids, wake: row.wake };
}

/** Unnest fills a missing array up with nulls, so one of nothing but nulls need not be sent. */
function unlessAllNull(texts: (string | null)[]): (string | null)[] | null {
  return texts.some((text) => text !== null) ? texts : null;
}

function arrayLiteral(texts: string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}
