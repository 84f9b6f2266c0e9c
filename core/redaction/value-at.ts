import { jsonPointer } from "../validation-error.ts";
import { walkJson } from "./walk-json.ts";

/** The JSON text of the value that a pointer leads to; null when there is none. Of a key given twice, the last. */
export function valueAt(text: string, pointer: string): string | null {
  let found: string | null = null;
  const wanted = pointer.split("/").length - 1;
  walkJson(text, ({ steps }, raw) => {
    if (steps.length !== wanted || jsonPointer(steps) !== pointer) return undefined;
    found = raw();
    return "null";
  });
  return found;
}
