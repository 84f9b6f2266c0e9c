import { SignalboxError } from "#core/error.ts";

/** The refusal of an act on a person who is not there. */
export function noSuchPerson(id: string): SignalboxError {
  return new SignalboxError("not_found", `There is no person ${id.slice(0, 200)}. Nothing was done.`);
}
