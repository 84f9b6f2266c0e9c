import { SignalboxError } from "#core/error.ts";
import { filterConditions } from "#core/query/filter-conditions.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { Redactor } from "#core/redaction/redactor.ts";

/**
 * Refuses to search payloads by what redaction hides: a search that says whether a secret has a value would tell the
 * secret. Throws `validation` that names the path.
 */
export function refuseSecretSearch(
  filter: JobFilter,
  redactor: Redactor,
  definitions: readonly string[],
): void {
  for (const condition of filterConditions(filter)) {
    if (condition.field !== "payload") continue;
    const { path, anyOf = ["1"] } = condition;
    const hidden = anyOf.some((value) => {
      const text = JSON.stringify(path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value));
      return [null, ...definitions].some((name) => redactor.json(text, name).redactions.length > 0);
    });
    if (!hidden) continue;
    const name = path.join(".");
    throw new SignalboxError(
      "validation",
      `'payload.${name}' is hidden by redaction, so it cannot be searched.`,
      {
        errors: [{ path: "/filter", message: `take 'payload.${name}' out of the filter` }],
      },
    );
  }
}
