/** A value as it was typed, with its place in the text. */
export interface ScannedValue {
  text: string;
  quoted: boolean;
  from: number;
  to: number;
}

/** One term as it was typed: free words have no field. */
export interface ScannedTerm {
  from: number;
  to: number;
  not: boolean;
  /** What stands before the colon, without a path. */
  field: { text: string; from: number; to: number } | null;
  /** What follows the field, part by part: `payload.user.plan` has the path user, plan. */
  path: ScannedValue[];
  /** With a field its values, without one the one word or phrase. */
  values: ScannedValue[];
  /** Something that cannot be read, and where. */
  broken: { from: number; to: number; message: string } | null;
}

const fieldStart = /[A-Za-z][A-Za-z0-9_-]*(?=[.:])/y;
const pathPart = /[^\s:."]+/y;
const bareValue = /[^\s,]*/y;
const bareWord = /\S+/y;
const space = /\s+/y;
const rest = /\S*/y;

/** Takes a text apart at its blanks, colons and commas; quotes hold together what stands in them. Never throws. */
export function scanQuery(text: string): ScannedTerm[] {
  const terms: ScannedTerm[] = [];
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? "";
    at += found.length;
    return found;
  };
  const takeValue = (bare: RegExp): ScannedValue & { open: boolean } => {
    const from = at;
    if (text[at] !== '"') {
      const value = take(bare);
      return { text: value, quoted: false, from, to: at, open: false };
    }
    let value = "";
    for (at += 1; at < text.length && text[at] !== '"'; at += 1) {
      if (text[at] === "\\" && at + 1 < text.length) at += 1;
      value += text[at];
    }
    const open = at >= text.length;
    at = Math.min(text.length, at + 1);
    return { text: value, quoted: true, from, to: at, open };
  };
  const unclosed = (value: ScannedValue) => ({
    from: value.from,
    to: value.to,
    message: 'The quote is not closed: add a " at its end.',
  });

  for (take(space); at < text.length; take(space)) {
    const from = at;
    const not = text[at] === "-" && /\S/.test(text[at + 1] ?? "");
    if (not) at += 1;
    const fieldFrom = at;
    const name = take(fieldStart);
    const path: ScannedValue[] = [];
    let broken: ScannedTerm["broken"] = null;
    while (name !== "" && text[at] === "." && broken === null) {
      at += 1;
      const part = takeValue(pathPart);
      if (part.open) broken = unclosed(part);
      path.push(part);
      if (part.text === "" && !part.quoted) break;
    }
    const values: ScannedValue[] = [];
    if (name === "" || (text[at] !== ":" && broken === null)) {
      at = fieldFrom;
      const word = takeValue(bareWord);
      values.push(word);
      const after = take(rest);
      if (word.open) broken = unclosed(word);
      else if (after !== "")
        broken = { from: at - after.length, to: at, message: "A blank belongs after the closing quote." };
      terms.push({ from, to: at, not, field: null, path: [], values, broken });
      continue;
    }
    while (
      broken === null &&
      at < text.length &&
      (values.length === 0 ? text[at] === ":" : text[at] === ",")
    ) {
      at += 1;
      const value = takeValue(bareValue);
      values.push(value);
      if (value.open) broken = unclosed(value);
      else if (value.quoted && /[^\s,]/.test(text[at] ?? " "))
        broken = {
          from: at,
          to: at + take(rest).length,
          message: "A blank or comma belongs after the closing quote.",
        };
    }
    const field = { text: name, from: fieldFrom, to: fieldFrom + name.length };
    terms.push({ from, to: at, not, field, path, values, broken });
  }
  return terms;
}
