import { alternateOf, cachedForMs } from "#core/definition/fallback.ts";
import { listFallbacks } from "#server/store/fallbacks/list-fallbacks.ts";
import type { ApiContext } from "../context.ts";
import type { DependentFallback } from "./dependency-summary.ts";

/** What the fallbacks of the definitions that need a dependency did while it held them. Without one nothing is asked. */
export async function readFallbacks(
  { db, engine }: ApiContext,
  dependency: string,
): Promise<DependentFallback[]> {
  const definitions = [...engine.catalog.current.definitions.values()].filter(
    ({ spec }) => spec.fallback !== undefined && spec.dependencies?.includes(dependency),
  );
  if (definitions.length === 0) return [];
  const rows = await listFallbacks(
    db,
    definitions.map(({ id }) => id),
  );
  return definitions
    .map(({ id, name, spec }): DependentFallback => {
      const row = rows.find((each) => each.definitionId === id && each.dependency === dependency);
      const hold = row && {
        ...{ sinceMs: row.sinceMs, endedMs: row.endedMs, diverted: row.diverted, answered: row.answered },
        ...{ unfit: row.unfit, bar: row.bar, undoneBy: row.undoneBy },
      };
      return {
        definition: name,
        alternate: alternateOf(spec),
        maxAgeMs: cachedForMs(spec),
        hold: hold ?? null,
      };
    })
    .sort((a, b) => (a.definition < b.definition ? -1 : 1));
}
