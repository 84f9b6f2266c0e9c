import { SignalboxError } from "../error.ts";
import { jsonPointer } from "../validation-error.ts";
import { isStorable } from "./is-storable.ts";

/** Deepest nesting of a whole body: a payload may have 64 levels, and stands two or three deep itself. */
const maxDepth = 80;

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

function refusal(place: Place, message: string): SignalboxError {
  const steps: (string | number)[] = [];
  for (let at = place; at.parent !== null; at = at.parent)
    steps.push(typeof at.step === "string" ? readable(at.step) : at.step);
  const path = jsonPointer(steps.reverse());
  return new SignalboxError("validation", `the body is not valid: ${path} ${message}`, {
    errors: [{ path, message }],
  });
}

function readable(text: string): string {
  return text.replaceAll("\u0000", "\uFFFD").toWellFormed();
}
