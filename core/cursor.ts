import type { z } from "zod";
import { SignalboxError } from "./error.ts";

/** A page's end as opaque text: base64url of JSON. */
export function encodeCursor(position: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(position));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** Longest cursor that is looked at, in characters. */
const maxCursorLength = 1_000;

/** The position in a cursor, checked by its schema. Throws `bad_cursor` for anything that does not hold one. */
export function decodeCursor<Schema extends z.ZodType>(cursor: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(readCursor(cursor));
  if (!parsed.success) throw badCursor();
  return parsed.data;
}

function readCursor(cursor: string): unknown {
  if (cursor.length > maxCursorLength || !/^[A-Za-z0-9_-]+$/.test(cursor)) throw badCursor();
  try {
    const binary = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw badCursor();
  }
}

function badCursor(): SignalboxError {
  return new SignalboxError(
    "bad_cursor",
    "the cursor is not one that this list gave: start again without it",
  );
}
