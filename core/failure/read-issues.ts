import { isObject, readField, readText } from "./read-field.ts";

const issuesTold = 5;

/**
 * What a schema found wrong, as 'lines[0].quantity: Too small' joined by '; ', at most five. Zod gives its list of issues
 * as JSON for a message; null when the thrown is nothing of that kind. Never throws.
 */
export function readIssues(thrown: object, message: string): string | null {
  const issues = readField(thrown, "issues");
  if (!message.trimStart().startsWith("[") || !Array.isArray(issues) || issues.length === 0) return null;
  const told: string[] = [];
  for (let at = 0; at < Math.min(issues.length, issuesTold); at += 1) {
    const issue = readField(issues, at);
    const what = readText(readField(issue, "message"));
    if (!isObject(issue) || what === "") return null;
    const place = sayPath(readField(issue, "path"));
    told.push(place === "" ? what : `${place}: ${what}`);
  }
  const more = issues.length - told.length;
  return told.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

/** `["lines", 0, "quantity"]` as `lines[0].quantity`. */
function sayPath(path: unknown): string {
  let said = "";
  for (let at = 0; at < 20; at += 1) {
    const step = readField(path, at);
    if (typeof step === "number") said += `[${step}]`;
    else if (typeof step === "string") said += said === "" ? step : `.${step}`;
  }
  return said;
}
