/** What stands where a secret was. */
export const redacted = "[redacted]";

const secretKey =
  /(pass(?:word|wd|phrase|code)|pwd$|^pw$|secret|credential|authorization|^auth$|cookie|api[_-]?key|apikey|access[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|account[_-]?key|shared[_-]?key|master[_-]?key|token|session[_-]?id|^sid$|jwt|bearer|signature|^sig$|connection[_-]?string|^dsn$|^cvv$|^cvc$|^ssn$|^otp$|^pin$|card[_-]?number|^pan$)/i;
const openKey =
  /tokens$|token[_-]?(?:count|type|limit|usage|name|id$|expir\w*|endpoint|url|kind|budget)|max[_-]?token|page[_-]?token|next[_-]?token|continuation[_-]?token|cancel(?:lation)?[_-]?token|secret[_-]?(?:name|arn|version)|password[_-]?(?:policy|length|reset|hint|expir\w*|changed\w*)|cookie[_-]?(?:name|domain|policy)|signature[_-]?(?:version|method|algorithm)|is[_-]?\w*secret/i;

/** What in a key's name says that its value is a secret, in lower case; null when nothing does. */
export function secretNameOf(key: string): string | null {
  const plain = key.slice(0, 200);
  const found = secretKey.exec(plain);
  return found === null || openKey.test(plain) ? null : found[0].toLowerCase();
}

function isSecretKey(key: string): boolean {
  return secretNameOf(key) !== null;
}

const keyBlock =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g;
const urlPassword = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,200}:)([^\s/"'<>]{1,500})@/gi;
const header =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-auth-token)(["']?\s{0,5}[:=]\s{0,5})(?:(["'])([^"'\r\n]*)\3|([^\s"'][^\r\n"'}]*))/gi;
const scheme = /\b(bearer|basic|digest|token|negotiate) {1,3}([A-Za-z0-9\-._~+/]{8,}={0,2})/gi;
const keyAndSign = /(?<![\w-])([A-Za-z_][\w-]{0,60})(?:\\?["'])?\s{0,3}(?:=>|[:=])\s{0,3}/g;
// A text that was cut off may end inside its quotes.
const valueOfKey = /(\\?["'])((?:(?!\1)[^\r\n])*)(?:\1|$)|([^\s,;&"'<>{}()[\]\\]+)/y;
const prefixed =
  /\b(?:(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{8,}|whsec_[A-Za-z0-9+/=]{8,}|sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|glpat-[A-Za-z0-9_-]{12,}|xox[abeoprs]-[A-Za-z0-9-]{8,}|xapp-[A-Za-z0-9-]{8,}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|ya29\.[0-9A-Za-z_-]{10,}|SG\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}|npm_[A-Za-z0-9]{20,}|pypi-[A-Za-z0-9_-]{20,}|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{16,}|dop_v1_[a-f0-9]{32,}|hf_[A-Za-z0-9]{20,}|key-[0-9a-f]{32}|SK[0-9a-f]{32}|EAA[A-Za-z0-9]{40,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?)/g;
const slackHook = /\b(hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_-]{8,}/g;
const cardLike = /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]\d|\d)/g;
const cardStart = /^(?:4|5[1-5]|2[2-7]|3[47]|35|30[0-5]|36|38|6)/;

/** Whether the digits are a card number: a known start and Luhn's check digit (ISO/IEC 7812-1). */
function isCard(digits: string): boolean {
  if (!cardStart.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const twice = digit * 2;
    sum += at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

const isDone = (value: string) => value.startsWith("[redacted");

/** A word after 'bearer' may be plain prose; a token has a digit, padding, mixed case or great length. */
const looksRandom = (value: string) =>
  /\d|=$/.test(value) || value.length >= 24 || (/[a-z]/.test(value) && /[A-Z]/.test(value.slice(1)));

/**
 * Takes out the values of keys that name a secret. Only such values are stepped over: what follows another
 * key may hold a key itself, as the query of an address does.
 */
function redactKeyed(text: string): string {
  let done = "";
  let from = 0;
  for (const found of text.matchAll(keyAndSign)) {
    const key = found[1] ?? "";
    const start = found.index + found[0].length;
    if (found.index < from || !isSecretKey(key)) continue;
    valueOfKey.lastIndex = start;
    const value = valueOfKey.exec(text);
    if (value === null) continue;
    const plain = value[2] ?? value[3] ?? "";
    if (plain === "" || isDone(plain) || /^(?:null|undefined|true|false)$/.test(plain)) continue;
    const isProse =
      value[3] !== undefined && !found[0].includes("=") && /token|signature|cookie|session/i.test(key);
    if (isProse && !looksRandom(plain)) continue;
    const quote = value[1] ?? "";
    done += `${text.slice(from, start)}${quote}${redacted}${quote}`;
    from = start + value[0].length;
  }
  return done + text.slice(from);
}

/** What is looked for in texts, in the order in which it is taken out, by the name that a reader sees. */
const steps: readonly (readonly [name: string, take: (text: string) => string])[] = [
  ["private key", (text) => text.replace(keyBlock, redacted)],
  [
    "connection string",
    (text) => text.replace(urlPassword, (_whole, before: string) => `${before}${redacted}@`),
  ],
  [
    "authorization",
    (text) =>
      text.replace(
        header,
        (
          whole,
          name: string,
          between: string,
          quote: string | undefined,
          quoted: string | undefined,
          bare: string | undefined,
        ) =>
          isDone(quoted ?? bare ?? "") || (quoted ?? bare ?? "") === ""
            ? whole
            : `${name}${between}${quote ?? ""}${redacted}${quote ?? ""}`,
      ),
  ],
  [
    "bearer token",
    (text) =>
      text.replace(scheme, (whole, name: string, value: string) =>
        looksRandom(value) ? `${name} ${redacted}` : whole,
      ),
  ],
  ["secret in text", redactKeyed],
  ["token", (text) => text.replace(prefixed, redacted)],
  ["webhook", (text) => text.replace(slackHook, (_whole, before: string) => `${before}${redacted}`)],
  [
    "card number",
    (text) => text.replace(cardLike, (digits) => (isCard(digits.replace(/[ -]/g, "")) ? redacted : digits)),
  ],
];

function once(text: string): string {
  return steps.reduce((current, [, take]) => take(current), text);
}

/** What kind of secret is in a text, by its name in plain words; null when {@link redactText} would leave it. */
export function secretIn(text: string): string | null {
  for (const [name, take] of steps) if (take(text) !== text) return name;
  return null;
}

/**
 * The text without its secrets: authorization headers and bearer tokens, passwords in addresses, values of
 * keys that name a secret, keys of well-known form, JWTs, private keys, card numbers. What is taken out
 * becomes `[redacted]`. Total, linear in the text, and idempotent: one redaction may uncover the form of
 * another, so it is repeated until nothing changes.
 */
export function redactText(text: string): string {
  let current = text;
  for (let pass = 0; pass < 8; pass += 1) {
    const next = once(current);
    if (next === current) return next;
    current = next;
  }
  return current;
}

const depthLimit = 64;

/** Whether a number, as it is written, is a card number. */
export function isCardNumber(digits: string): boolean {
  return /^\d{13,19}$/.test(digits) && isCard(digits);
}

function walk(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "number")
    return Number.isSafeInteger(value) && isCardNumber(String(value)) ? redacted : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= depthLimit) return redacted;
  if (Array.isArray(value)) return value.map((one) => walk(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      isSecretKey(key) && one !== null && typeof one !== "boolean" ? redacted : walk(one, depth + 1),
    ]),
  );
}

/**
 * A copy of a JSON value without its secrets: values under keys that name one, and secrets inside texts.
 * Deeper than 64 levels everything is taken out. Total: what cannot be read becomes `[redacted]`.
 */
export function redactValue(value: unknown): unknown {
  try {
    return walk(value, 0);
  } catch {
    return redacted;
  }
}
