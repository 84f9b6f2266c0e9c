import { commonPasswords } from "./common-passwords.ts";

/** Fewest and most characters of a password; the most keeps one request from costing much. */
export const passwordLength = { least: 12, most: 200 } as const;

const common = new Set(commonPasswords);
const standIns: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Why a password may not be used, as what to do about it, or null when it may: too short or long, the login name, or
 * one of the common ones with nothing but digits and signs around it, said once or over and over. No rules about
 * capitals, digits and signs: they make passwords that are hard to keep and easy to guess (NIST SP 800-63B, 3.1.1.2).
 */
export function findPasswordProblem(password: string, login: string): string | null {
  const length = [...password].length;
  if (length < passwordLength.least)
    return `use at least ${passwordLength.least} characters; a few words do well`;
  if (length > passwordLength.most) return `use at most ${passwordLength.most} characters`;
  const plain = password.trim().toLowerCase();
  const [name = ""] = login.toLowerCase().split("@", 1);
  if (
    plain === login.toLowerCase() ||
    isRepeated(plain, name) ||
    (bare(name) !== "" && bare(plain) === bare(name))
  )
    return "use something other than the login name";
  const candidates = [plain, bare(plain), spellOut(plain), spellOut(bare(plain))];
  if (candidates.some(isCommon))
    return "this one is among the first that are tried: use something of your own";
  return null;
}

/** Nothing but digits and signs, or a common word or run of keys, once or repeated. */
function isCommon(text: string): boolean {
  if (!/\p{L}/u.test(text)) return /^(.{1,6})\1*.{0,5}$/u.test(text) || isRun(text);
  for (let length = 1; length <= text.length; length++) {
    const part = text.slice(0, length);
    if (isRepeated(text, part) && (length <= 3 || common.has(part))) return true;
  }
  return isRun(text);
}

/** Whether every character is next to the one before it: 123456789012, fedcba…, aaaa…. */
function isRun(text: string): boolean {
  let odd = 0;
  for (let index = 1; index < text.length; index++)
    if (Math.abs(text.charCodeAt(index) - text.charCodeAt(index - 1)) > 1) odd++;
  return text.length > 0 && odd <= 1;
}

function isRepeated(text: string, part: string): boolean {
  return (
    part.length > 0 && text.length % part.length === 0 && part.repeat(text.length / part.length) === text
  );
}

/** Without what stands before the first and after the last letter. */
function bare(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
}

function spellOut(text: string): string {
  return [...text].map((character) => standIns[character] ?? character).join("");
}
