import { formatCount } from "#components/domain/format-count.ts";

/** So many jobs, in words. */
export function sayJobs(count: number): string {
  return count === 1 ? "1 job" : `${formatCount(count)} jobs`;
}
