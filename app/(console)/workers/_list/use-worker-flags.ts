"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { findOldVersions } from "#core/worker/find-old-versions.ts";
import type { WorkerSummary } from "#server/api/routers/workers.ts";
import { findFlags, type WorkerFlag } from "./find-flags.ts";

const refetchMs = 20_000;

/** The flags of each live worker, by its id; `workers` is the whole fleet, which they are compared with. */
export function useWorkerFlags(workers: readonly WorkerSummary[]): Map<string, WorkerFlag[]> {
  const trpc = useTRPC();
  const outliers = useQuery(trpc.workers.outliers.queryOptions(undefined, { refetchInterval: refetchMs }));
  const byWorker = new Map((outliers.data ?? []).map((outlier) => [outlier.workerId, outlier]));
  const newest = findOldVersions(workers.filter((worker) => worker.endedAtMs === null));
  return new Map(
    workers.map((worker) => [
      worker.id,
      findFlags(worker, { outlier: byWorker.get(worker.id), newestVersion: newest.get(worker.id) }),
    ]),
  );
}
