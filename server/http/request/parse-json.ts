import { isStorable } from "#core/definition/is-storable.ts";
import { SignalboxError } from "#core/error.ts";

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
