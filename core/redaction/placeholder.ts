import type { Redaction } from "./redactor.ts";

const form = /^••• (key|path|value) rule "[^"\n\r]{1,100}" #[1-9][0-9]{0,6}$/;

/** What stands in place of a redacted value: the rule, and its number among the redacted values of the text. */
export function placeholderOf(kind: Redaction["kind"], rule: string, number: number): string {
  return `••• ${kind} rule "${rule}" #${number}`;
}

/** Whether a value has the form of a placeholder; a text that somebody wrote may have it too. */
export function looksLikePlaceholder(value: unknown): value is string {
  return typeof value === "string" && form.test(value);
}
