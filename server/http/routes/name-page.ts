import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import { nameSchema } from "#core/definition/name.ts";

const positionSchema = z.tuple([nameSchema]);

/** The name a page starts after, from its cursor; null at the start. Throws `bad_cursor`. */
export function afterName(cursor: string | undefined): string | null {
  return cursor === undefined ? null : decodeCursor(cursor, positionSchema)[0];
}

/** Split `limit + 1` rows read by name into a page and the cursor of the next; null at the end. */
export function namePage<Row extends { name: string }>(
  rows: Row[],
  limit: number,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.name]) : null };
}
