import { Matcher, RE2JS, RE2JSException } from "re2js";

/** A pattern that runs in time linear in the text it searches, whatever either of them is. */
interface LinearPattern {
  /** Whether the pattern is found anywhere in the text. */
  test(text: string): boolean;
  /** The text with every place that it is found replaced by `by`, taken as it is. */
  replaceAll(text: string, by: string): string;
}

/** Longest pattern in characters, and the most steps its compiled program may have. */
const patternLimits = { length: 500, program: 1_000 } as const;

const compiled = new Map<string, LinearPattern | string>();
const compiledKept = 500;

const unsupported: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, "looks ahead or behind, which cannot be done in linear time; match the text itself instead"],
  [/\\[1-9]/, "refers back to a group, which cannot be done in linear time"],
  [/\\k</, "refers back to a group, which cannot be done in linear time"],
  [/\(\?>/, "uses an atomic group; a plain group does the same here"],
  [/[*+?}]\+/, "uses a possessive quantifier; a plain one does the same here"],
  [/\(\?#/, "holds a comment, which is not supported"],
];

/** Where a pattern has the unsupported construct: its first place outside escapes and character classes. */
function findUnsupported(pattern: string): string | null {
  let masked = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "\\") {
      masked += inClass || !/[1-9k]/.test(pattern.charAt(at + 1)) ? "__" : pattern.slice(at, at + 2);
      at += 1;
    } else if (inClass) {
      inClass = character !== "]";
      masked += "_";
    } else {
      inClass = character === "[";
      masked += inClass ? "_" : character;
    }
  }
  for (const [construct, reason] of unsupported) {
    const at = masked.search(construct);
    if (at >= 0) return `At character ${at + 1} the pattern ${reason}.`;
  }
  return null;
}

function describe(pattern: string, thrown: unknown): string {
  if (!(thrown instanceof RE2JSException)) return "The pattern could not be read.";
  const message = thrown.message.replace(/^error parsing regexp:\s*/, "");
  const fragment = /`([^`]*)`\s*$/.exec(message)?.[1];
  const at = fragment === undefined || fragment === "" ? -1 : pattern.indexOf(fragment);
  const reason = message.replace(/:?\s*`[^`]*`\s*$/, "");
  return at < 0
    ? `The pattern could not be read: ${reason}.`
    : `At character ${at + 1} the pattern could not be read: ${reason} in ${fragment}.`;
}

function compile(pattern: string): LinearPattern | string {
  if (pattern.length === 0) return "A pattern may not be empty; leave it out to match anything.";
  if (pattern.length > patternLimits.length)
    return `A pattern has at most ${patternLimits.length} characters.`;
  const problem = findUnsupported(pattern);
  if (problem !== null) return problem;
  try {
    const program = RE2JS.compile(pattern);
    if (program.programSize() > patternLimits.program)
      return "The pattern repeats too much; lower the numbers in its braces.";
    return {
      test: (text: string) => program.test(text),
      replaceAll: (text: string, by: string) =>
        program.matcher(text).replaceAll(Matcher.quoteReplacement(by)),
    };
  } catch (thrown) {
    return describe(pattern, thrown);
  }
}

function compileOnce(pattern: string): LinearPattern | string {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size >= compiledKept) compiled.clear();
  const made = compile(pattern);
  compiled.set(pattern, made);
  return made;
}

/** What is wrong with a pattern, in a sentence that names the place; null when nothing is. */
export function checkPattern(pattern: string): string | null {
  const made = compileOnce(pattern);
  return typeof made === "string" ? made : null;
}

/**
 * The pattern in the RE2 dialect (https://github.com/google/re2/wiki/Syntax; `(?i)` ignores case), ready to
 * search; null when it is not one. Compiled patterns are kept, so asking again costs a look-up.
 */
export function compilePattern(pattern: string): LinearPattern | null {
  const made = compileOnce(pattern);
  return typeof made === "string" ? null : made;
}
