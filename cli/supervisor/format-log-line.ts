const nameWidth = 10;
/** pino's levels. */
const levels = { warn: 40, error: 50 };
const passedOver = new Set(["level", "time", "msg", "component", "pid", "hostname"]);

/**
 * A line of a child's log for a person: time, who, a mark for warnings (!) and errors (✗), the sentence, the facts.
 * A line that is not of our log, as a stack trace is not, is passed on with its sender before it.
 */
export function formatLogLine(name: string, line: string): string {
  const entry = parse(line);
  if (entry === null) return `${" ".repeat(9)}${name.padEnd(nameWidth)}   ${line}`;
  const { level, time, msg } = entry;
  const mark = Number(level) >= levels.error ? "✗" : Number(level) >= levels.warn ? "!" : " ";
  const facts = Object.entries(entry)
    .filter(([key]) => !passedOver.has(key))
    .map(
      ([key, value]) =>
        `${key}=${typeof value === "string" && !/[\s"=]/.test(value) ? value : JSON.stringify(value)}`,
    );
  return `${clockTime(time)} ${name.padEnd(nameWidth)} ${mark} ${[String(msg ?? ""), ...facts].join("  ")}`;
}

function clockTime(time: unknown): string {
  return /T(\d{2}:\d{2}:\d{2})/.exec(String(time))?.[1] ?? " ".repeat(8);
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    const entry: unknown = JSON.parse(line);
    return entry !== null && typeof entry === "object" && "msg" in entry
      ? (entry as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
