import { jsonPointer } from "../validation-error.ts";
import { isStorable } from "./is-storable.ts";

/** Largest payload: 256 KiB of JSON in UTF-8. */
export const maxPayloadBytes = 262_144;
/** Deepest nesting: `[[1]]` is two deep. */
export const maxPayloadDepth = 64;

/**
 * A payload that may be stored, as its JSON text; or what is wrong, with a JSON pointer to the place:
 * `too_large` is 413, `validation` 422.
 */
export type PayloadCheck =
  | { ok: true; text: string; bytes: number }
  | { ok: false; code: "too_large" | "validation"; path: string; message: string };

/**
 * Checks a value that is to become a payload: at most 256 KiB and 64 deep, finite numbers, text without U+0000
 * and lone surrogates (keys too), nothing that JSON cannot carry (bigint, function, symbol, Map, Set; undefined
 * but as a member to be left out). `toJSON` is heeded, as `JSON.stringify` does. Never throws on depth or cycles.
 */
export function checkPayload(value: unknown): PayloadCheck {
  const broken = findBroken(value);
  if (broken !== null)
    return { ok: false, code: "validation", path: placeOf(broken.place), message: broken.message };
  const text = JSON.stringify(value);
  const bytes = utf8Bytes(text);
  if (bytes > maxPayloadBytes) {
    const message = `the payload has ${bytes} bytes of JSON; at most ${maxPayloadBytes} are allowed`;
    return { ok: false, code: "too_large", path: "", message };
  }
  return { ok: true, text, bytes };
}

/** {@link checkPayload} for JSON text: size of the text as it is; text that is not JSON is `validation`. */
export function checkPayloadText(text: string): PayloadCheck {
  const bytes = utf8Bytes(text);
  if (bytes > maxPayloadBytes) {
    const message = `the payload has ${bytes} bytes of JSON; at most ${maxPayloadBytes} are allowed`;
    return { ok: false, code: "too_large", path: "", message };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, code: "validation", path: "", message: "the payload is not JSON" };
  }
  const broken = findBroken(value);
  if (broken === null) return { ok: true, text, bytes };
  return { ok: false, code: "validation", path: placeOf(broken.place), message: broken.message };
}

/** Bytes of a text in UTF-8; a lone surrogate counts 3, as its replacement does. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2;
      i += 1;
    } else bytes += 2;
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** A place in the value: linked upwards, so that a path is only built for the one that is wrong. */
interface Place {
  parent: Place | null;
  step: string | number;
  value: unknown;
  depth: number;
}

function findBroken(root: unknown): { place: Place; message: string } | null {
  // A stack of our own: recursion would overflow before the depth limit could refuse.
  const open: Place[] = [{ parent: null, step: "", value: root, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const value = asJson(place.value);
    const message = wrongWith(value, place);
    if (message !== null) return { place, message };
    if (typeof value !== "object" || value === null) continue;
    const depth = place.depth + 1;
    if (depth > maxPayloadDepth) return { place, message: `nested deeper than ${maxPayloadDepth} levels` };
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i -= 1)
        open.push({ parent: place, step: i, value: value[i], depth });
      continue;
    }
    for (const [key, member] of Object.entries(value).reverse()) {
      if (member === undefined) continue;
      const child = { parent: place, step: key, value: member, depth };
      if (!isStorable(key)) return { place: child, message: "the key contains U+0000 or a lone surrogate" };
      open.push(child);
    }
  }
  return null;
}

function asJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("toJSON" in value)) return value;
  return typeof value.toJSON === "function" ? value.toJSON() : value;
}

function wrongWith(value: unknown, place: Place): string | null {
  switch (typeof value) {
    case "string":
      return isStorable(value) ? null : "the text contains U+0000 or a lone surrogate";
    case "number":
      return Number.isFinite(value) ? null : "the number is not finite";
    case "undefined":
      return place.parent === null ? "a payload is required; null is one too" : "undefined is not JSON";
    case "object":
      return value instanceof Map || value instanceof Set
        ? "a Map or Set is not JSON: use an object or array"
        : null;
    case "boolean":
      return null;
    default:
      return `a ${typeof value} is not JSON`;
  }
}

function placeOf(place: Place): string {
  const steps: string[] = [];
  for (let at = place; at.parent !== null; at = at.parent) {
    steps.push(String(at.step).replaceAll("\u0000", "\uFFFD").toWellFormed());
  }
  return jsonPointer(steps.reverse());
}
