import { isShut } from "#core/flow/dependency-gate.ts";
import type { Catalog, CatalogDefinition, Lane } from "../catalog/catalog.ts";
import type { FlowCache } from "../flow/flow-cache.ts";

/** A definition with a fallback whose jobs a breaker holds. */
export interface HeldDefinition {
  definition: CatalogDefinition;
  /** Whose breaker it is: the first of its dependencies that lets nothing through. */
  dependency: string;
  /** An operator forced it open: nothing probes meanwhile. */
  isForced: boolean;
  /** The lanes of the definition, in every queue. */
  lanes: Lane[];
}

/** The definitions with a fallback that a breaker holds now: one that is open, forced open, or only probed. */
export function findHeldDefinitions(catalog: Catalog, flow: FlowCache): HeldDefinition[] {
  const held = new Map<number, HeldDefinition>();
  for (const lane of catalog.lanes.values()) {
    const { definition } = lane;
    if (definition.spec.fallback === undefined) continue;
    const known = held.get(definition.id);
    if (known) {
      known.lanes.push(lane);
      continue;
    }
    const holder = holderOf(lane, flow);
    if (holder !== null) held.set(definition.id, { definition, ...holder, lanes: [lane] });
  }
  return [...held.values()];
}

/** The first dependency of a lane whose breaker lets nothing but probes through; null when none holds it. */
export function holderOf(
  lane: Lane,
  flow: FlowCache,
): Pick<HeldDefinition, "dependency" | "isForced"> | null {
  for (const { id, name } of lane.dependencies) {
    const gate = flow.gateOf(id);
    if (gate === undefined) continue;
    if (isShut(gate) || (gate.forced === null && gate.state === "half-open"))
      return { dependency: name, isForced: gate.forced === "open" };
  }
  return null;
}
