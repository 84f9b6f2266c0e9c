import { SignalboxError } from "#core/error.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { findGroup } from "#server/store/failures/find-group.ts";
import type { ApiContext } from "../context.ts";
import type { StoredError } from "../jobs/job-detail.ts";

/** A rule as it is begun from a failure group: the class stands as it is, for the operator to correct. */
export interface RuleDraft {
  name: string;
  match: FailureRule["match"];
  class: string;
  origin: string;
}

const mostNameLength = 80;
const mostPatternWords = 10;

/** RE2 text that matches these words and nothing else. */
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/**
 * Begin a rule that matches the failures of a group: by its code where it has one, else by HTTP status, else by the
 * first words of its message that hold no figures; with name and dependency. Throws `not_found`.
 */
export async function draftFromGroup(ctx: ApiContext, fingerprint: string): Promise<RuleDraft> {
  const group = await findGroup(ctx.db, fingerprint);
  if (group === null)
    throw new SignalboxError("not_found", `There is no failure group ${fingerprint}. It may be forgotten.`);
  const error = (group.sample === null ? {} : JSON.parse(group.sample)) as StoredError;
  const match: RuleDraft["match"] = {};
  if (group.name !== "Error") match.errorName = group.name;
  if (group.code !== null) match.code = group.code;
  else if (typeof error.httpStatus === "number") match.httpStatus = error.httpStatus;
  const words = steadyWords(error.message ?? "");
  if (words !== "") match.messagePattern = literal(words);
  if (group.dependency !== null) match.dependency = group.dependency;
  return {
    name: `${group.name}${words === "" ? "" : `: ${words}`}`.slice(0, mostNameLength),
    match: Object.keys(match).length === 0 ? { errorName: group.name } : match,
    class: group.class,
    origin: group.origin,
  };
}

/** The longest run of whole words without figures or quotes in the first line, at most ten of them. */
function steadyWords(message: string): string {
  const [line = ""] = message.split("\n", 1);
  let best = "";
  let run: string[] = [];
  for (const word of [...line.split(" "), "0"]) {
    if (/^[\p{L}'_/,;:.-]+$/u.test(word) && run.length < mostPatternWords) run.push(word);
    else {
      const text = run.join(" ");
      if (text.length > best.length) best = text;
      run = [];
    }
  }
  return best.length >= 4 ? best.slice(0, 200) : "";
}
