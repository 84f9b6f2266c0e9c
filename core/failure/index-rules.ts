import type { BuiltInRule } from "./rules/built-in-rule.ts";

/** A rule with its patterns compiled. */
export interface IndexedRule {
  order: number;
  rule: BuiltInRule;
  /** Words, code and name that a rule may ask for beside the key it was found by. */
  names: ReadonlySet<string> | null;
  statuses: ReadonlySet<number> | null;
  patterns: readonly RegExp[];
}

/** The built-in rules by what they are found by, each list in the order of the rules. */
interface RuleIndex {
  byCode: ReadonlyMap<string, readonly IndexedRule[]>;
  byName: ReadonlyMap<string, readonly IndexedRule[]>;
  byStatus: ReadonlyMap<number, readonly IndexedRule[]>;
  byWord: ReadonlyMap<string, readonly KeyedPattern[]>;
}

/** One pattern of a rule under the word that every text it matches holds. */
interface KeyedPattern {
  indexed: IndexedRule;
  pattern: RegExp;
}

/** NOT_FOUND, NotFound, not-found and not.found are one code; a number carries its protocol. */
export function codeKey(code: string, protocol?: string): string {
  const plain =
    /[A-Z_.\-/ ]/.test(code) && !/^-?\d/.test(code)
      ? code.toLowerCase().replace(/[_.\-/ ]/g, "")
      : code.toLowerCase();
  return protocol === undefined ? plain : `${protocol}:${plain}`;
}

const wordLike = /[a-z0-9_]/;

/** The pattern as a whole-word search in a lower-cased text. */
export function compileWords(pattern: string): RegExp {
  const first = pattern.charAt(0);
  const last = pattern.charAt(pattern.length - 1);
  const before = wordLike.test(first) ? "\\b" : "";
  const after = wordLike.test(last) && pattern.charAt(pattern.length - 2) !== "\\" ? "\\b" : "";
  return new RegExp(`${before}(?:${pattern})${after}`);
}

/**
 * The longest word that every text matched by the pattern must hold whole: a run of letters outside groups,
 * classes and quantifiers, with something between it and its neighbours. Null when the pattern has none.
 */
export function requiredWord(pattern: string): string | null {
  const plain = pattern
    .replace(/\\[bds]/g, "\ue000")
    .replace(/\\./g, (escaped) => (wordLike.test(escaped.charAt(1)) ? "\ue000" : "\ue001"))
    .replace(/\[[^\]]*\]/g, (one) => (/[a-z0-9^\ue000]/.test(one) ? "\ue000" : "\ue001"));
  let flat = "";
  let depth = 0;
  for (const character of plain) {
    if (character === "(") depth += 1;
    if (depth === 0) flat += character;
    if (character === ")") {
      depth -= 1;
      flat += "\ue000";
    }
  }
  // A marker U+E000 stands for anything at all, also for nothing: a word that touches it may go on.
  const safe = flat
    .replace(/[a-z0-9_]\?/g, "\ue000")
    .replace(/.(\*|\+|\{[^}]*\})/g, "\ue000")
    .replace(/[?^$]/g, "\ue001");
  let best = "";
  for (const found of safe.matchAll(/[a-z0-9_]+/g)) {
    const start = found.index;
    const end = start + found[0].length;
    const open = (at: number) => safe.charAt(at) === "\ue000" || safe.charAt(at) === ".";
    if (open(start - 1) && start > 0) continue;
    if (open(end)) continue;
    if (found[0].length > best.length) best = found[0];
  }
  return best.length >= 2 ? best : null;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Indexes rules: by code where they have one, else by the words of their patterns, else by status, else by name. */
export function indexRules(rules: readonly BuiltInRule[]): RuleIndex {
  const byCode = new Map<string, IndexedRule[]>();
  const byName = new Map<string, IndexedRule[]>();
  const byStatus = new Map<number, IndexedRule[]>();
  const byWord = new Map<string, KeyedPattern[]>();
  for (const [order, rule] of rules.entries()) {
    const { code, errorName, httpStatus, messagePattern, protocol } = rule.match;
    const patterns = (messagePattern ?? []).map(compileWords);
    const names = errorName === undefined ? null : new Set(errorName.map((name) => name.toLowerCase()));
    const statuses = httpStatus === undefined ? null : new Set(httpStatus);
    const indexed: IndexedRule = { order, rule, names, statuses, patterns };
    if (code !== undefined) for (const one of code) push(byCode, codeKey(one, protocol), indexed);
    else if (messagePattern !== undefined)
      for (const [at, one] of messagePattern.entries()) {
        const word = requiredWord(one);
        const pattern = patterns[at];
        if (word !== null && pattern !== undefined) push(byWord, word, { indexed, pattern });
      }
    else if (httpStatus !== undefined) for (const status of httpStatus) push(byStatus, status, indexed);
    else for (const name of names ?? []) push(byName, name, indexed);
  }
  return { byCode, byName, byStatus, byWord };
}
