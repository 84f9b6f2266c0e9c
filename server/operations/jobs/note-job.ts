import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import type { Engine } from "../engine.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";

/** Longest note, characters. */
export const maxNote = 2_000;

/** Write a note into a job's history, secrets cut out; the job itself stays as it is. Throws `not_found`. */
export async function noteJob(
  engine: Engine,
  note: { jobId: string; text: string; actor: string },
): Promise<void> {
  const jobId = parseJobId(note.jobId);
  const text = engine.catalog.current.redactor.text(note.text);
  await inTransaction(engine.pool, async (transaction) => {
    const { jobs } = await loadJobRows(transaction, [jobId], { brief: true });
    const state = jobs[0]?.state;
    if (state === undefined) throw noSuchJob(jobId);
    const { actor } = note;
    await insertJobEvent(transaction, {
      jobId,
      kind: "noted",
      from: state,
      to: state,
      actor,
      because: [text],
    });
    await insertAuditEntry(transaction, {
      actor,
      action: "job.note",
      objectKind: "job",
      objectId: jobId,
      after: { note: text },
    });
  });
}
