import { type Deferral, deferredRank } from "./decide-deferral.ts";

/** Whether a deferral keeps all of a definition back, whatever the class: it is marked deferrable. */
export function keepsBackDefinition(
  deferral: Deferral | null,
  definition: { deferrable?: boolean },
): boolean {
  return deferral !== null && definition.deferrable === true;
}

/** Whether a deferral keeps a class back, but for what its floor owes it. */
export function keepsBackClass(deferral: Deferral | null, rank: number): boolean {
  return deferral !== null && rank === deferredRank;
}
