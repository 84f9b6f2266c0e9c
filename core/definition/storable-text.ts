import { z } from "zod";

/** Whether Postgres can keep a text as it is: no U+0000 and no lone surrogates. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** A text of `min`…`max` UTF-16 units that {@link isStorable}. */
export function storableText(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine(isStorable, { message: "must not contain U+0000 or lone surrogates" });
}
