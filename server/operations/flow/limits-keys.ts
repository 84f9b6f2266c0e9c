import type { Catalog } from "../catalog/catalog.ts";

/** Whether any queue limits how many jobs of one concurrency key run, or shares itself between keys. */
export function limitsKeys(catalog: Catalog): boolean {
  return [...catalog.queues.values()].some(({ maxRunningPerKey, fair }) => maxRunningPerKey !== null || fair);
}
