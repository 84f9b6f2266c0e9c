import { compilePattern } from "../failure/compile-pattern.ts";
import { isCardNumber, redacted, redactText, secretIn, secretNameOf } from "../failure/redact.ts";
import { jsonPointer } from "../validation-error.ts";
import { placeholderOf } from "./placeholder.ts";
import type { RedactionSettings } from "./redaction-settings.ts";
import { type JsonPlace, walkJson } from "./walk-json.ts";

/** A value that was taken out of a JSON text, and by which rule. */
export interface Redaction {
  /** JSON pointer to the value. */
  pointer: string;
  kind: "key" | "path" | "value";
  /** The rule's name; of a built-in one what it looks for. */
  rule: string;
  /** What stands in its place. */
  placeholder: string;
}

export interface RedactedJson {
  /** JSON text, each secret value replaced by its placeholder. */
  text: string;
  redactions: Redaction[];
}

interface PathRule {
  name: string;
  definition: string;
  steps: readonly string[];
}

type Found = Pick<Redaction, "kind" | "rule">;

const email = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
const emailRule = "e-mail address";

/**
 * Takes secrets out of texts and JSON by the built-in set and the operators' rules. Pure and linear in what it reads;
 * made once for each version of the settings.
 */
export class Redactor {
  readonly #keys: readonly { name: string; matches: (key: string) => boolean }[];
  readonly #paths: readonly PathRule[];
  readonly #values: readonly {
    name: string;
    test: (text: string) => boolean;
    take: (text: string) => string;
  }[];

  constructor({ emails, rules }: RedactionSettings) {
    this.#keys = rules.flatMap((rule) =>
      rule.kind === "key" ? [{ name: rule.name, matches: keyMatcher(rule.key) }] : [],
    );
    this.#paths = rules.flatMap((rule) =>
      rule.kind === "path"
        ? [{ name: rule.name, definition: rule.definition, steps: stepsOf(rule.path) }]
        : [],
    );
    const patterns = rules.flatMap((rule) => {
      const pattern = rule.kind === "value" ? compilePattern(rule.pattern) : null;
      if (pattern === null) return [];
      const take = (text: string) => pattern.replaceAll(text, redacted);
      return [{ name: rule.name, test: (text: string) => pattern.test(text), take }];
    });
    const takeEmails = (text: string) => text.replace(email, redacted);
    const emailPattern = {
      name: emailRule,
      test: (text: string) => takeEmails(text) !== text,
      take: takeEmails,
    };
    this.#values = emails ? [...patterns, emailPattern] : patterns;
  }

  /** The text without its secrets, each replaced by `[redacted]`: for errors and log lines. */
  text(text: string): string {
    return this.#own(redactText(text));
  }

  /** {@link text} for what the built-in set was taken out of when it was stored: rules made since apply too. */
  storedText(text: string): string {
    return this.#own(text);
  }

  /** A payload of a definition as JSON text without its secrets; a function of its own, to be handed on. */
  readonly shown = (payload: string, definition: string): string => this.json(payload, definition).text;

  /**
   * JSON text with each secret value replaced by a placeholder that names the rule: for payloads, outputs and
   * checkpoints. A text that is not JSON is taken as one text.
   */
  json(text: string, definition: string | null): RedactedJson {
    const redactions: Redaction[] = [];
    const paths = this.#pathsOf(definition);
    try {
      const shown = walkJson(text, (place, raw) => {
        const found = this.#find(place, raw, paths);
        if (found === null) return undefined;
        const placeholder = placeholderOf(found.kind, found.rule, redactions.length + 1);
        redactions.push({ pointer: jsonPointer(place.steps), ...found, placeholder });
        return JSON.stringify(placeholder);
      });
      return { text: shown, redactions };
    } catch {
      return { text: JSON.stringify(this.text(text)), redactions: [] };
    }
  }

  /** JSON text without its secrets, `[redacted]` in their place and inside texts: for the facts of log lines. */
  facts(text: string): string {
    try {
      return walkJson(text, (place, raw) => {
        if (this.#findKey(place) !== null) return JSON.stringify(redacted);
        if (place.kind === "number") return isCardNumber(raw()) ? JSON.stringify(redacted) : undefined;
        if (place.kind !== "string") return undefined;
        const value = JSON.parse(raw()) as string;
        const clean = this.text(value);
        return clean === value ? undefined : JSON.stringify(clean);
      });
    } catch {
      return JSON.stringify(redacted);
    }
  }

  #own(text: string): string {
    return this.#values.reduce((current, { take }) => take(current), text);
  }

  #pathsOf(definition: string | null) {
    return this.#paths.filter((path) => path.definition === "*" || path.definition === definition);
  }

  #find(place: JsonPlace, raw: () => string, paths: readonly PathRule[]): Found | null {
    const byKey = this.#findKey(place);
    if (byKey !== null) return byKey;
    for (const { name, steps } of paths) if (isAt(place.steps, steps)) return { kind: "path", rule: name };
    if (place.kind === "number") return isCardNumber(raw()) ? { kind: "value", rule: "card number" } : null;
    if (place.kind !== "string") return null;
    const value = JSON.parse(raw()) as string;
    const builtIn = secretIn(value);
    if (builtIn !== null) return { kind: "value", rule: builtIn };
    const own = this.#values.find(({ test }) => test(value));
    return own === undefined ? null : { kind: "value", rule: own.name };
  }

  /** Null, true and false under a secret's name say nothing; an operator's own rule takes them out all the same. */
  #findKey({ key, kind }: JsonPlace): Found | null {
    if (key === null) return null;
    const own = this.#keys.find(({ matches }) => matches(key));
    if (own !== undefined) return { kind: "key", rule: own.name };
    const name = kind === "literal" ? null : secretNameOf(key);
    return name === null ? null : { kind: "key", rule: name };
  }
}

function keyMatcher(pattern: string): (key: string) => boolean {
  const plain = pattern.replace(/^\*|\*$/g, "").toLowerCase();
  const [before, after] = [pattern.startsWith("*"), pattern.endsWith("*")];
  return (key) => {
    const name = key.toLowerCase();
    if (before && after) return name.includes(plain);
    if (before) return name.endsWith(plain);
    return after ? name.startsWith(plain) : name === plain;
  };
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function isAt(steps: readonly string[], wanted: readonly string[]): boolean {
  return (
    steps.length === wanted.length && wanted.every((step, index) => step === "*" || step === steps[index])
  );
}
