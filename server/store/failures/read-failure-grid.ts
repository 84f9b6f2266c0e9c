import {
  cutWindow,
  type FailureWindow,
  failureGrainsMs,
  failureWindows,
} from "#core/failure-group/failure-window.ts";
import type { Queryable } from "#db/client.ts";

/** Failures of a class and origin within a window. */
export interface GridCell {
  window: FailureWindow;
  class: string;
  origin: string;
  failures: number;
  deaths: number;
}

/** One pass over the longest window of a grain, summed by group for each window that reads the grain. */
function sumsOf(grainMs: number, nowMs: number): string {
  const ranges = failureWindows
    .map((window) => ({ window, ...cutWindow(window, nowMs) }))
    .filter((range) => range.grainMs === grainMs);
  const fromMs = Math.min(...ranges.map((range) => range.fromMs));
  const sums = ranges.flatMap((range) =>
    ["attempts", "deaths"].map(
      (column) => `sum(${column}) filter (where at_ms >= ${range.fromMs}) as ${column}_${range.window}`,
    ),
  );
  const cells = ranges.map(({ window }) => `('${window}', attempts_${window}, deaths_${window})`);
  return `select c."window", s.fingerprint, c.attempts, c.deaths from (
      select fingerprint, ${sums.join(", ")} from signalbox.failure_totals
      where grain_ms = ${grainMs} and at_ms >= ${fromMs} group by 1) s
    cross join lateral (values ${cells.join(", ")}) c("window", attempts, deaths) where c.attempts > 0`;
}

/**
 * Failures by class and origin of their groups, as those stand now, for each window; empty cells are left out. Grain and
 * start are written into the statement: a plan that does not know them reads the whole table.
 */
export async function readFailureGrid(db: Queryable, nowMs: number): Promise<GridCell[]> {
  const parts = failureGrainsMs.map((grainMs) => sumsOf(grainMs, nowMs));
  const { rows } = await db.query({
    text: `with sums as materialized (${parts.join(" union all ")})
      select s."window", g.class, g.origin, sum(s.attempts)::float8 as failures, sum(s.deaths)::float8 as deaths
      from sums s join signalbox.failure_groups g using (fingerprint) group by 1, 2, 3`,
  });
  return rows as GridCell[];
}
