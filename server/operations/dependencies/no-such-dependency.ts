import { SignalboxError } from "#core/error.ts";
import { nearestWords } from "#core/query/nearest-words.ts";

/** The refusal for a dependency that no definition has named, with those whose names are nearest. */
export function noSuchDependency(name: string, known: Iterable<string>): SignalboxError {
  const near = nearestWords(name.slice(0, 100), [...known]);
  const meant = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  return new SignalboxError(
    "not_found",
    `There is no dependency ${name.slice(0, 100)}; nothing was done.${meant} A dependency comes to be with the first definition that names it.`,
  );
}
