import type { FailureReport } from "./failure-report.ts";
import { scanBody } from "./scan-body.ts";

/** How much of a report is read: characters of a message, wrapped errors in all, and how deep. */
const evidenceLimits = { message: 8_192, layers: 40, depth: 12 } as const;

/** One error of a chain, or a body found in a message, ready to be matched. */
export interface Evidence {
  name: string;
  /** As reported, at most 8 KiB. */
  message: string;
  /** The message in lower case. */
  words: string;
  /** What the error or the body gives as its code, the most particular first. */
  codes: string[];
  /** The HTTP status of this layer; null when it says none. */
  httpStatus: number | null;
  /** Found inside a message: what it says counts, but it has no name of its own. */
  body: boolean;
}

const textOf = (value: unknown, limit: number): string =>
  typeof value === "string" ? value.slice(0, limit) : typeof value === "number" ? String(value) : "";

const isStatus = (value: number) => value >= 300 && value <= 599;

const statusPatterns: readonly RegExp[] = [
  /\bstatus(?: ?code)?["']?(?:[:=]| of| was| is)? {0,3}["']?([3-5]\d\d)\b/,
  /\bhttp(?:\/\d(?:\.\d)?)?[ _-]{0,2}(?:error|status|code|response)?:? {0,2}([3-5]\d\d)\b/,
  /\b(?:returned|responded with|response code|response:|error code:?|failed with|answered|replied|got|received)(?: an?| with)?(?: http)? {0,2}([3-5]\d\d)\b(?! ?(?:bytes|rows|items|records|ms|seconds))/,
  /\b([45]\d\d) {0,2}[:-]? {0,2}\(?(?:bad request|unauthorized|payment required|forbidden|not found|method not allowed|request time-?out|conflict|gone|precondition failed|payload too large|unsupported media type|unprocessable|locked|too many requests|internal server error|not implemented|bad gateway|service unavailable|service temporarily unavailable|gateway time-?out)/,
  /^([45]\d\d)(?: ?(?:$|\{|status code)| - |: )/,
  /^([45]\d\d) (?!\d\.\d)(?:[a-z]+ ){0,3}(?:error|you|the|page|rate|invalid|request|no |this|your)/,
];

function statusInWords(words: string): number | null {
  if (!/[3-5]\d\d/.test(words)) return null;
  for (const pattern of statusPatterns) {
    const found = pattern.exec(words)?.[1];
    if (found !== undefined && isStatus(Number(found))) return Number(found);
  }
  return null;
}

function layerOf(report: FailureReport, into: Evidence[]) {
  const message = textOf(report.message, evidenceLimits.message);
  const code = textOf(report.code, 200);
  const words = message.toLowerCase();
  const given = report.httpStatus;
  const layer: Evidence = {
    name: textOf(report.name, 200),
    message,
    words,
    codes: code === "" ? [] : [code],
    httpStatus: typeof given === "number" && isStatus(given) ? given : statusInWords(words),
    body: false,
  };
  const body = scanBody(message);
  if (body !== null)
    into.push({
      name: body.name,
      message: body.message,
      words: body.message.toLowerCase(),
      codes: body.codes,
      httpStatus: body.httpStatus,
      body: true,
    });
  into.push(layer);
}

function collect(report: unknown, depth: number, into: Evidence[]) {
  if (typeof report !== "object" || report === null || into.length >= evidenceLimits.layers) return;
  const one = report as FailureReport;
  const causes: unknown = one.causes;
  if (Array.isArray(causes) && depth < evidenceLimits.depth)
    for (let at = Math.min(causes.length, 10) - 1; at >= 0; at -= 1) collect(causes[at], depth + 1, into);
  layerOf(one, into);
}

/** What a report and everything it wraps say, the innermost first. */
export function readEvidence(report: FailureReport): Evidence[] {
  const layers: Evidence[] = [];
  collect(report, 0, layers);
  return layers;
}
