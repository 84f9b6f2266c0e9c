import { findPeer, type Peer } from "./find-peer.ts";
import { type IndexedRule, indexRules } from "./index-rules.ts";
import { readCodes } from "./read-codes.ts";
import type { Evidence } from "./read-evidence.ts";
import { allBuiltInRules } from "./rules/all-built-in-rules.ts";
import type { BuiltInRule } from "./rules/built-in-rule.ts";

const index = indexRules(allBuiltInRules);

/** What built-in rules are held against; `dependency` is empty when none is named. */
interface BuiltInFacts {
  layers: readonly Evidence[];
  dependency: string;
  knownDependencies: readonly string[];
}

interface Scene extends BuiltInFacts {
  peer(): Peer;
  status: number | null;
  answered(): boolean;
}

const httpNames =
  /^(axios|fetch|http|response|request|got|ky|superagent|stripe|openai|api|gaxios|rest|octokit|undici)/i;

function sceneOf(facts: BuiltInFacts): Scene {
  let peer: Peer | null = null;
  let status: number | null = null;
  for (const layer of facts.layers) status ??= layer.httpStatus;
  return {
    ...facts,
    status,
    peer: () => {
      peer ??= findPeer(
        facts.layers.map((layer) => layer.words),
        facts.dependency,
        facts.knownDependencies,
      );
      return peer;
    },
    answered: () =>
      facts.dependency !== "" ||
      status !== null ||
      facts.layers.some(
        (layer) =>
          httpNames.test(layer.name) || /https?:\/\/|\bresponse\b|\bfetch\b|\bupstream\b/.test(layer.words),
      ),
  };
}

function allowed(
  { rule, names, statuses, patterns }: IndexedRule,
  layer: Evidence,
  scene: Scene,
  by: "code" | "word" | "other",
) {
  if (names !== null && by !== "other" && !names.has(layer.name.toLowerCase())) return false;
  if (statuses !== null && by !== "other") {
    const status = layer.httpStatus ?? scene.status;
    if (status === null || !statuses.has(status)) return false;
  }
  if (by === "code" && patterns.length > 0 && !patterns.some((pattern) => pattern.test(layer.words)))
    return false;
  const { knownPeer, answered } = rule.match;
  if (knownPeer !== undefined && scene.peer().known !== knownPeer) return false;
  if (answered !== undefined) {
    if (scene.status !== null && scene.status >= 400 && scene.status < 500) return false;
    if (scene.answered() !== answered) return false;
  }
  return true;
}

type Wanted = (rule: BuiltInRule) => boolean;

function byCodes(
  codes: readonly string[],
  layer: Evidence,
  scene: Scene,
  wanted: Wanted,
): BuiltInRule | null {
  for (const code of codes)
    for (const indexed of index.byCode.get(code) ?? [])
      if (wanted(indexed.rule) && allowed(indexed, layer, scene, "code")) return indexed.rule;
  return null;
}

/** The first rules, strong and weak, whose words the layer holds; each word of the text is looked up once. */
function byWords(layer: Evidence, scene: Scene): { strong: BuiltInRule | null; weak: BuiltInRule | null } {
  let strong: IndexedRule | null = null;
  let weak: IndexedRule | null = null;
  const seen = new Set<string>();
  for (const [word] of layer.words.matchAll(/[a-z0-9_]{2,80}/g)) {
    if (seen.has(word)) continue;
    seen.add(word);
    for (const { indexed, pattern } of index.byWord.get(word) ?? []) {
      const best = indexed.rule.weak ? weak : strong;
      if (best !== null && best.order <= indexed.order) continue;
      if (!pattern.test(layer.words) || !allowed(indexed, layer, scene, "word")) continue;
      if (indexed.rule.weak) weak = indexed;
      else strong = indexed;
    }
  }
  return { strong: strong?.rule ?? null, weak: weak?.rule ?? null };
}

/** A name no rule knows, as words: JobTimeoutError says job timeout. */
const spellOut = (name: string) =>
  name
    .replace(/([a-z0-9])(?=[A-Z])/g, "$1 ")
    .replace(/[_.-]/g, " ")
    .replace(/ ?(?:Error|Exception)$/, "")
    .toLowerCase();

const isService: Wanted = (rule) => !rule.errno && !rule.weak;
const isErrno: Wanted = (rule) => rule.errno && !rule.weak;
const isWeak: Wanted = (rule) => rule.weak;

/** A rule and where the other side is, by which the origin of some rules is told. */
export interface BuiltInMatchResult {
  rule: BuiltInRule;
  peer: Peer;
  /** Whether an HTTP answer came: somebody was there to give it. */
  answeredByHttp: boolean;
}

/**
 * The built-in rule that decides, or null. Specific evidence (a service's code, its words, an error number)
 * goes first, the innermost error before what wraps it; then what is vague: HTTP status, general codes,
 * error names, general words.
 */
export function matchBuiltInRule(facts: BuiltInFacts): BuiltInMatchResult | null {
  // Reading the codes may find that a bare number was an HTTP status, which the scene then knows.
  const read = facts.layers.map((layer) => ({
    layer,
    codes: readCodes(layer, facts.dependency.toLowerCase()),
  }));
  const scene = sceneOf(facts);
  const answer = (rule: BuiltInRule): BuiltInMatchResult => ({
    rule,
    peer: scene.peer(),
    answeredByHttp: scene.status !== null,
  });
  const vague: (BuiltInRule | null)[] = [];
  for (const { layer, codes } of read) {
    const service =
      byCodes(codes.given, layer, scene, isService) ?? byCodes(codes.written, layer, scene, isService);
    if (service !== null) return answer(service);
    const spoken = byWords(layer, scene);
    const specific =
      spoken.strong ??
      byCodes(codes.given, layer, scene, isErrno) ??
      byCodes(codes.written, layer, scene, isErrno);
    if (specific !== null) return answer(specific);
    vague.push(spoken.weak);
  }
  for (const { layer } of read)
    if (layer.httpStatus !== null)
      for (const indexed of index.byStatus.get(layer.httpStatus) ?? [])
        if (allowed(indexed, layer, scene, "other")) return answer(indexed.rule);
  for (const { layer, codes } of read) {
    const weak = byCodes(codes.given, layer, scene, isWeak) ?? byCodes(codes.written, layer, scene, isWeak);
    if (weak !== null) return answer(weak);
  }
  for (const { layer } of read) {
    const prefix = /^(?:uncaught )?([a-z][\w$]{2,60}(?:error|exception|timeout)): /.exec(layer.words)?.[1];
    for (const name of [layer.name.toLowerCase(), prefix ?? ""])
      for (const indexed of index.byName.get(name) ?? [])
        if (allowed(indexed, layer, scene, "other")) return answer(indexed.rule);
  }
  for (const rule of vague) if (rule !== null) return answer(rule);
  for (const { layer } of read) {
    const said = byWords({ ...layer, words: spellOut(layer.name) }, scene);
    const rule = said.strong ?? said.weak;
    if (rule !== null) return answer(rule);
  }
  return null;
}
