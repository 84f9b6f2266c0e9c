import type { FieldError } from "../error.ts";
import type { DefinitionSpec } from "./definition.ts";
import { alternateOf } from "./fallback.ts";
import { incompatibleChanges } from "./schema-change.ts";

type Named = Pick<DefinitionSpec, "dependencies" | "fallback" | "inputSchema">;

/** Whether the fallback of a definition can be written, and what is to be said of it. */
export interface FallbackCheck {
  errors: FieldError[];
  /** Plain sentences; of what may be so and is to be known. */
  warnings: string[];
}

/**
 * Check the fallback of a definition against those there are: its alternate must exist, lead back to it by no chain, and
 * call nothing of what it calls, or the same breaker would hold both. An alternate that may not take all its payloads is
 * a warning: what does not fit stays held.
 */
export function checkFallback(
  name: string,
  spec: Named,
  known: ReadonlyMap<string, Named | null>,
): FallbackCheck {
  const alternate = alternateOf(spec);
  if (alternate === null) {
    return { errors: [], warnings: spec.fallback === undefined ? [] : neverUsed(spec) };
  }
  const refuse = (message: string): FallbackCheck => ({
    errors: [{ path: "/fallback/definition", message }],
    warnings: [],
  });
  if (alternate === name) return refuse("must be another definition than itself");
  const other = known.get(alternate);
  if (!other) return refuse(`there is no definition ${alternate}: write it first`);
  const chain = [name, alternate];
  for (let next = alternateOf(other); next !== null; next = alternateOf(known.get(next) ?? {})) {
    chain.push(next);
    if (next === name) return refuse(`leads back to itself: ${chain.join(" → ")}`);
    // A circle that others close is theirs to mend.
    if (chain.indexOf(next) < chain.length - 1) break;
  }
  const shared = (spec.dependencies ?? []).filter((each) => other.dependencies?.includes(each));
  if (shared.length > 0)
    return refuse(
      `${alternate} calls ${shared.join(", ")} too, whose breaker would hold both: name one that does not`,
    );
  return { errors: [], warnings: warningsOf(alternate, spec, other) };
}

function warningsOf(alternate: string, spec: Named, other: Named): string[] {
  const warnings = neverUsed(spec);
  const narrower = incompatibleChanges(spec.inputSchema, other.inputSchema);
  if (narrower.length > 0) {
    const places = narrower.slice(0, 5).map(({ path, message }) => `${path || "the payload"} ${message}`);
    warnings.push(
      `${alternate} may refuse payloads of it, which then stay held: ${places.join("; ")}${narrower.length > 5 ? "; and more" : ""}`,
    );
  }
  return warnings;
}

function neverUsed({ dependencies = [] }: Named): string[] {
  return dependencies.length > 0 ? [] : ["it names no dependency, so its fallback is never used"];
}
