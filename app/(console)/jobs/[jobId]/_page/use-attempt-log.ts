"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import type { ShownLogLine } from "#server/api/jobs/job-detail.ts";

/** While the attempt runs its log is asked for this often, ms, from the last line on; never in a hidden tab. */
const tailMs = 1_000;
/** The last lines of an attempt are written up to so much after it has ended, ms. */
const settleMs = 5_000;

/** The log of an attempt, growing while it runs: every look brings only the lines after those that are known. */
export function useAttemptLog(jobId: string, attempt: number, endedAtMs: number | null) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = ["attempt log", jobId, attempt];
  return useQuery({
    queryKey: key,
    queryFn: async (): Promise<{ lines: ShownLogLine[] }> => {
      let lines = queryClient.getQueryData<{ lines: ShownLogLine[] }>(key)?.lines ?? [];
      for (let more = true; more; ) {
        const after = lines[lines.length - 1]?.seq ?? 0;
        const options = trpc.jobs.logs.queryOptions({ id: jobId, attempt, after });
        const page = await queryClient.fetchQuery({ ...options, staleTime: 0, gcTime: 0 });
        lines = page.lines.length > 0 ? [...lines, ...page.lines] : lines;
        more = page.more;
      }
      return { lines };
    },
    refetchInterval: () => (endedAtMs === null || Date.now() - endedAtMs < settleMs ? tailMs : false),
  });
}
