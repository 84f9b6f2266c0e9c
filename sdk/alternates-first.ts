import type { AnyJob } from "./worker/run-attempt.ts";

/** The definitions in an order in which each comes after the one that it names as its fallback, where both are given. */
export function alternatesFirst<Job extends Pick<AnyJob, "name" | "body">>(jobs: readonly Job[]): Job[] {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const ordered = new Set<Job>();
  const add = (job: Job, chain: ReadonlySet<string>): void => {
    const alternate = byName.get(alternateName(job.body) ?? "");
    // A circle is refused when it is written, with its names.
    if (alternate !== undefined && !chain.has(alternate.name))
      add(alternate, new Set([...chain, alternate.name]));
    ordered.add(job);
  };
  for (const job of jobs) add(job, new Set([job.name]));
  return [...ordered];
}

function alternateName({ fallback }: Record<string, unknown>): string | null {
  if (typeof fallback !== "object" || fallback === null || !("definition" in fallback)) return null;
  return typeof fallback.definition === "string" ? fallback.definition : null;
}
