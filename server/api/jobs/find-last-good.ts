import { findLastCompleted } from "#server/store/jobs/find-last-completed.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { findWorkerBuild } from "#server/store/workers/find-worker-build.ts";
import type { ApiContext } from "../context.ts";
import type { ShownJson } from "./job-detail.ts";

export interface LastGood {
  id: string;
  definitionVersion: number;
  payload: ShownJson | null;
  host: string | null;
  workerVersion: string | null;
  runMs: number | null;
  finishedAtMs: number | null;
}

/** The newest completed job of a job's definition with what may set it apart from one that fails; null when none is found near. */
export async function findLastGood({ db, engine }: ApiContext, jobId: string): Promise<LastGood | null> {
  const { jobs } = await loadJobRows(db, [jobId], { brief: true });
  const definition = jobs[0]?.definition;
  if (definition === undefined) return null;
  const lanes = [...engine.catalog.current.lanes.values()].filter(
    (lane) => lane.definition.name === definition,
  );
  const goodId = await findLastCompleted(
    db,
    lanes.map((lane) => lane.id),
  );
  const [good] = goodId === null ? [] : (await loadJobRows(db, [goodId])).jobs;
  if (good === undefined) return null;
  const { id, version, payload, workerId, startedAtMs, finishedAtMs } = good;
  const worker = workerId === null ? null : await findWorkerBuild(db, workerId);
  return {
    id,
    definitionVersion: version,
    payload: payload === null ? null : engine.catalog.current.redactor.json(payload, definition),
    host: worker?.host ?? null,
    workerVersion: worker?.version ?? null,
    runMs: startedAtMs === null || finishedAtMs === null ? null : finishedAtMs - startedAtMs,
    finishedAtMs,
  };
}
