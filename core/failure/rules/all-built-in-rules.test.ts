import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { allFailureCases } from "../corpus/all-failure-cases.ts";
import { codeKey, compileWords, requiredWord } from "../index-rules.ts";
import { allBuiltInRules } from "./all-built-in-rules.ts";

const patterns = allBuiltInRules.flatMap((rule) =>
  (rule.match.messagePattern ?? []).map((pattern) => ({ rule, pattern })),
);

describe("the built-in rules", () => {
  it("have ids of their own", () => {
    const ids = allBuiltInRules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("each look at something, and name where their verdict is from", () => {
    for (const rule of allBuiltInRules) {
      const { code, errorName, httpStatus, messagePattern } = rule.match;
      const looksAt = [code, errorName, httpStatus, messagePattern].filter((list) => (list?.length ?? 0) > 0);
      expect(looksAt.length, rule.id).toBeGreaterThan(0);
      expect(rule.source.length, rule.id).toBeGreaterThan(10);
    }
  });

  it("know more than a thousand codes", () => {
    const codes = allBuiltInRules.flatMap(({ match }) =>
      (match.code ?? []).map((code) => codeKey(code, match.protocol)),
    );
    expect(new Set(codes).size).toBeGreaterThan(1_000);
  });

  it("never give a code two classes, unless words, a name or the peer tell which", () => {
    const first = new Map<string, string>();
    for (const { id, match, class: failureClass } of allBuiltInRules) {
      if (match.messagePattern !== undefined || match.errorName !== undefined || match.knownPeer === true)
        continue;
      for (const code of match.code ?? []) {
        const key = codeKey(code, match.protocol);
        const known = first.get(key);
        if (known !== undefined) expect(`${known} ${key}`, id).toBe(`${failureClass} ${key}`);
        first.set(key, failureClass);
      }
    }
  });

  it("have patterns in lower case, each with a word by which it is found", () => {
    for (const { rule, pattern } of patterns) {
      expect(pattern.replace(/\\./g, ""), rule.id).toBe(pattern.replace(/\\./g, "").toLowerCase());
      if (rule.match.code === undefined)
        expect(requiredWord(pattern), `${rule.id}: ${pattern}`).not.toBeNull();
    }
  });

  it("have patterns without nested repetition, looking around or back-references", () => {
    for (const { rule, pattern } of patterns) {
      expect(/\(\?[=!<]|\\[1-9]/.test(pattern), `${rule.id}: ${pattern}`).toBe(false);
      expect(/[^\\][*+]/.test(pattern.replace(/\\d\+|\(:?\\d\+\)/g, "")), `${rule.id}: ${pattern}`).toBe(
        false,
      );
    }
  });

  it("have patterns that RE2 reads too, with the same answer on every message of the corpus", () => {
    const messages = Object.values(allFailureCases)
      .flat()
      .map(({ report }) => report.message.toLowerCase());
    for (const { rule, pattern } of patterns) {
      const native = compileWords(pattern);
      const linear = RE2JS.compile(native.source);
      const word = requiredWord(pattern);
      for (const message of messages) {
        if (word !== null && !message.includes(word)) {
          expect(native.test(message), `${rule.id}: ${pattern}`).toBe(false);
          continue;
        }
        expect(native.test(message), `${rule.id}: ${pattern} on ${message}`).toBe(linear.test(message));
      }
    }
  });
});
