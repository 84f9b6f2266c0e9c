import { isStorable } from "#core/definition/storable-text.ts";
import { SignalboxError } from "#core/error.ts";
import { jsonPointer } from "#core/validation-error.ts";

/** Deepest nesting of a whole body: a payload may have 64 levels, and stands two or three deep itself. */
const maxDepth = 80;

const decoder = new TextDecoder("utf-8", { fatal: true });

/** A body as JSON. Throws `bad_request` for bytes that are not UTF-8 or text that is not JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new SignalboxError("bad_request", "the body is not UTF-8: send JSON in UTF-8");
  }
  try {
    return JSON.parse(text);
  } catch {
    const why =
      text.trim() === ""
        ? "the body is empty: this call needs a JSON body"
        : "the body is not JSON: check quotes, commas and brackets";
    throw new SignalboxError("bad_request", why);
  }
}

interface Place {
  parent: Place | null;
  step: string | number;
  value: unknown;
  depth: number;
}

/**
 * Refuse (`validation`, with the place) a body that is nested too deep, and with `texts` one that holds text the
 * database cannot keep. Walks with a list of its own, so that no nesting can exhaust the stack.
 */
export function checkJson(root: unknown, options: { texts: boolean }): void {
  const open: Place[] = [{ parent: null, step: "", value: root, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, depth } = place;
    if (typeof value === "string" && options.texts && !isStorable(value))
      throw refusal(place, "must not contain U+0000 or lone surrogates");
    if (typeof value !== "object" || value === null) continue;
    if (depth >= maxDepth) throw refusal(place, `is nested deeper than ${maxDepth} levels`);
    for (const [key, member] of Object.entries(value)) {
      const child: Place = {
        parent: place,
        step: Array.isArray(value) ? Number(key) : key,
        value: member,
        depth: depth + 1,
      };
      if (options.texts && !isStorable(key)) throw refusal(child, "is a key with U+0000 or a lone surrogate");
      open.push(child);
    }
  }
}

/** A copy with U+0000 and lone surrogates replaced by U+FFFD, in keys too. For values within the depth limit. */
export function replaceUnstorable(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(replaceUnstorable);
  if (typeof value !== "object" || value === null) return value;
  // fromEntries defines members, so a key called __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [storable(key), replaceUnstorable(member)]),
  );
}

function storable(text: string): string {
  return isStorable(text) ? text : text.replaceAll("\u0000", "\uFFFD").toWellFormed();
}

function refusal(place: Place, message: string): SignalboxError {
  const steps: (string | number)[] = [];
  for (let at = place; at.parent !== null; at = at.parent)
    steps.push(typeof at.step === "string" ? storable(at.step) : at.step);
  const path = jsonPointer(steps.reverse());
  return new SignalboxError("validation", `the body is not valid: ${path} ${message}`, {
    errors: [{ path, message }],
  });
}
