import type { Queryable } from "#db/client.ts";

/** Write the settings of a dependency and move its version. */
export async function updateDependencySettings(
  transaction: Queryable,
  dependencyId: number,
  settings: unknown,
): Promise<void> {
  await transaction.query({
    text: "update signalbox.dependencies set settings = $2, version = version + 1 where id = $1",
    values: [dependencyId, JSON.stringify(settings)],
  });
}
