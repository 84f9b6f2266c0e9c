import type { JobCondition } from "#core/query/job-condition.ts";
import type { JobRow } from "./job-row.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";

/** A payload (JSON text) of a definition as whoever asks may see it. */
export type ShownPayload = (payload: string, definition: string) => string;

/**
 * Whether a job meets the free words of a filter by what is shown of it: a word that stands only where something is hidden
 * does not count, or a search would tell what is hidden. Null when the filter has no words.
 */
export function matchWords(filter: ResolvedFilter, shown: ShownPayload): ((job: JobRow) => boolean) | null {
  const conditions = filter.conditions.filter((condition) => condition.field === "words");
  if (conditions.length === 0) return null;
  return (job) => {
    let payload: string | null = null;
    const inPayload = (word: string) => {
      payload ??= job.payload === null ? "" : shown(job.payload, job.definition).toLowerCase();
      return payload.includes(word);
    };
    const holds = (condition: JobCondition & { field: "words" }) =>
      condition.anyOf.some(
        (word) => isKeyOf(job, word) || isSaidOf(job, word.toLowerCase()) || inPayload(word.toLowerCase()),
      );
    return conditions.every((condition) => holds(condition) !== (condition.not === true));
  };
}

function isKeyOf({ idempotencyKey, correlationId }: JobRow, word: string): boolean {
  return idempotencyKey === word || correlationId === word;
}

/** Whether the definition, or the name, code or message of the latest error, is said with this word in lower case. */
function isSaidOf({ definition, lastError }: JobRow, word: string): boolean {
  if (definition.includes(word)) return true;
  if (lastError === null) return false;
  const { name, code, message } = lastError;
  return (
    [name, code].some((said) => said?.toLowerCase() === word) ||
    (message?.toLowerCase().includes(word) ?? false)
  );
}
