import type { FailureReport } from "./failure-report.ts";
import { normaliseMessage } from "./normalise-message.ts";
import { ownFrames } from "./own-frames.ts";

/** The name of a failure group and how it is shown. */
interface FailureFingerprint {
  /** 16 hexadecimal digits. */
  fingerprint: string;
  /** Name and normalised message, at most 200 characters. */
  title: string;
}

const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, "0");

/**
 * 64 bits of a text in two lanes of multiply and xor with a final mix, after cyrb53 (bryc, public domain):
 * quick and well spread, no protection against somebody who wants a collision.
 */
function hash64(text: string): string {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 2_654_435_761);
    two = Math.imul(two ^ unit, 1_597_334_677);
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909);
  two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return hex(two) + hex(one);
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** The first code or HTTP status that the error or what it wraps names, the outermost first. */
function codeOf(report: FailureReport, depth = 0): string {
  const code = textOf(report.code).slice(0, 200);
  if (code !== "") return code;
  if (typeof report.httpStatus === "number") return `http ${report.httpStatus}`;
  if (depth < 12 && Array.isArray(report.causes))
    for (const cause of report.causes.slice(0, 10)) {
      const inner = typeof cause === "object" && cause !== null ? codeOf(cause, depth + 1) : "";
      if (inner !== "") return inner;
    }
  return "";
}

function messageOf(report: FailureReport, depth = 0): string {
  const message = textOf(report.message);
  if (message.trim() !== "" || depth >= 12 || !Array.isArray(report.causes)) return message;
  const [first] = report.causes;
  return typeof first === "object" && first !== null ? messageOf(first, depth + 1) : message;
}

/**
 * The group a failure belongs to: a hash over name, code, normalised message, the top five frames that are
 * the user's own (function and file, no line) and the dependency. Not over the definition: one group spans
 * definitions. Pure, and total.
 */
export function fingerprintFailure(report: FailureReport, dependency: string | null): FailureFingerprint {
  try {
    const name = textOf(report.name).slice(0, 200) || "Error";
    const message = normaliseMessage(messageOf(report));
    const code = codeOf(report);
    const parts = [name, code, message, ...ownFrames(textOf(report.stack)), dependency ?? ""];
    const title =
      message === "" ? [name, code].filter((part) => part !== "").join(" ") : `${name}: ${message}`;
    return { fingerprint: hash64(parts.join("\u0000")), title: title.slice(0, 200) };
  } catch {
    return { fingerprint: hash64("unreadable"), title: "Error" };
  }
}
