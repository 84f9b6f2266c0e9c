import { z } from "zod";
import { isStorable } from "./is-storable.ts";

/** A text of `min`…`max` UTF-16 units that {@link isStorable}. */
export function storableText(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine(isStorable, { message: "must not contain U+0000 or lone surrogates" });
}
