import { z } from "zod";
import { isStorable } from "../definition/is-storable.ts";
import { storableText } from "../definition/storable-text.ts";

const form = /^[^\s@]{1,64}@[^\s@]{1,190}$/u;

/**
 * A login name: like an e-mail address, at most 200 characters, one to a person; capitals make no difference, so it is
 * kept in small letters. No mail is ever sent to it.
 */
export const loginSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(200, "a login name has at most 200 characters")
  .regex(form, "a login name looks like an e-mail address: name@example.org")
  .refine(isStorable, "a login name has no control characters");

/** What a person is called on the screen, 1 to 100 characters. */
export const displayNameSchema = storableText(1, 100);
