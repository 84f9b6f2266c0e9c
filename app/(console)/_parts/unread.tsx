"use client";

import type { TRPCClientErrorLike } from "@trpc/client";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { QueryProblem } from "./query-problem.tsx";

/** Stands where what a query has not read yet will be: rows without text while it loads, then why it could not be read. */
export function Unread({
  query,
  rows,
}: {
  query: { error: TRPCClientErrorLike<AppRouter> | null; refetch: () => unknown };
  rows: number;
}) {
  if (!query.error) return <SkeletonRows rows={rows} />;
  return <QueryProblem error={query.error} onRetry={() => void query.refetch()} />;
}
