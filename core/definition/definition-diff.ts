import { canonicalJson } from "./canonical-json.ts";
import type { DefinitionSpec } from "./definition.ts";

/**
 * Whether two definitions, parsed by their schema, say the same, so that writing one over the other is
 * no new version. The order of keys and of dependencies says nothing; no dependencies is an empty list.
 */
export function sameDefinition(a: DefinitionSpec, b: DefinitionSpec): boolean {
  return comparable(a) === comparable(b);
}

function comparable(definition: DefinitionSpec): string {
  return canonicalJson({ ...definition, dependencies: [...(definition.dependencies ?? [])].sort() });
}
