const quotedLimit = 300;

/** One pass over the text; which alternative matched tells what the piece was. The order matters. */
const pieces = new RegExp(
  [
    // url: scheme and host, then path and query
    String.raw`(?<url>\b[a-z][a-z0-9+.-]{1,14}:\/\/[^\s"'<>)\]]{1,600})`,
    String.raw`(?<email>\b[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}\b)`,
    String.raw`(?<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)`,
    String.raw`(?<date>\b\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?\b|\b\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?\b|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? \d{0,2} ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,4}(?: \d{2,4})?(?: <?time>?)?|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b)`,
    String.raw`(?<quoted>(?<![\w])"[^"\n]{0,${quotedLimit}}"|(?<![\w])'[^'\n]{0,${quotedLimit}}'(?!\w)|\u0060[^\u0060\n]{0,${quotedLimit}}\u0060|[\u201c\u2018][^\u201d\u2019\n]{0,${quotedLimit}}[\u201d\u2019])`,
    String.raw`(?<ip>\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w]))`,
    String.raw`(?<path>(?<![\w<])(?:[a-z]:)?(?:[\\/][\w.@+~$%-]{1,120}){2,30}[\\/]?|(?<![\w<])\.{1,2}(?:\/[\w.@+-]{1,120}){1,30}|(?<![\w<])~\/[\w.@+/-]{1,300})`,
    String.raw`(?<hex>\b0x[0-9a-f]{1,64}\b|\b(?=[a-f]{0,64}\d)[0-9a-f]{8,128}\b)`,
    String.raw`(?<duration>\b\d{1,12}(?:\.\d{1,9})? ?(?:ms|msecs?|milliseconds?|s|secs?|seconds?|mins?|minutes?|m|h|hrs?|hours?|days?|us|µs|ns)\b)`,
    String.raw`(?<size>\b\d{1,15}(?:\.\d{1,9})? ?(?:bytes?|[kmgt]i?b)\b)`,
    String.raw`(?<mixed>\b\d[\w]{0,20}[a-z_][\w-]{0,200})`,
    String.raw`(?<word>[a-z_$][\w$]{0,200}(?:[.:-][\w$]{1,100}){0,8})`,
    String.raw`(?<number>(?<![\w.])[+-]?\d{1,30}(?:[.,]\d{1,30}){0,6}%?)`,
  ].join("|"),
  "gi",
);

const namesBefore =
  /\b(?:constraint|column|table|relation|function|property|properties|index|key|field|schema|database|operator|method|module|package|queue|exchange|topic|action|operation|parameter|param|argument|header|reading|setting|attribute|collection|model|enum|type|command|event|variable|named|permission|scope|bucket|sequence|trigger|view|role|namespace|of|on) ?[:=]? ?\(?$/i;
const codeKeyBefore = /["']?(?:code|type|reason|status|error|errno|kind|name|codename)["']? ?[:=] ?$/i;
const numberMeans =
  /(?:status|code|http(?:\/\d(?:\.\d)?)?|errno|sqlstate|reply|error)["']? ?[:=(#]? ?(?:of |is |was )?["']?$/i;
const safeName = /^[\w.$ <>-]{1,80}$/;

/** Words that carry an id: a digit among eight letters or more, or a known kind of prefix before a random tail. */
function wordOrId(word: string): string {
  if (!/\d/.test(word)) return word;
  if (/^[A-Z][A-Z0-9_]*$/.test(word) && word.length <= 40 && !/\d{4}/.test(word)) return word;
  if (/^[a-z]{2,10}[_-](?:[a-z]{2,10}_)?(?=\w{0,40}\d)[A-Za-z0-9]{6,}$/i.test(word))
    return `${/^[a-z]{2,10}[_-]/i.exec(word)?.[0] ?? ""}<n>`;
  if (/^[A-Za-z0-9]{16,}$/.test(word)) return "<n>";
  return word
    .split(/([.:-])/)
    .map((part) =>
      /^[a-z0-9]{5,}$/i.test(part) && /\d/.test(part) && /[a-z]/i.test(part) && !/^[a-z]+\d{1,3}$/i.test(part)
        ? "<n>"
        : part.replace(/\d+/g, "<n>"),
    )
    .join("");
}

function quotedValue(text: string, before: string, after: string): string {
  const inner = text.slice(1, -1);
  if (/^\s*:/.test(after) && safeName.test(inner)) return text;
  if ((namesBefore.test(before) || codeKeyBefore.test(before)) && safeName.test(inner))
    return `"${wordOrId(inner)}"`;
  return "<value>";
}

function numberOrMeaning(text: string, before: string, after: string): string {
  if (/^[245]\.\d\.\d{1,3}$/.test(text)) return text;
  if (/^\d{1,5}$/.test(text)) {
    if (numberMeans.test(before)) return text;
    if (before === "" && /^ [A-Z][A-Z_]{3,}/.test(after)) return text;
    if (/^[45]\d\d$/.test(text) && /^[ -](?:[245]\.\d|[A-Z][a-z]+ ?[A-Z]?[a-z]*\b)/.test(after)) return text;
  }
  return "<n>";
}

function hostOnly(url: string): string {
  const found = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/@]*@)?([^/?#:]*)(:\d+)?/i.exec(url);
  if (found === null) return "<url>";
  const host = found[2] ?? "";
  const plain = /^[\d.]+$|^\[/.test(host) ? "<ip>" : wordOrId(host);
  return `${found[1] ?? ""}${plain}${/[/?#]/.test(url.slice(found[0].length)) ? "/<path>" : ""}`;
}

/**
 * A message with what differs from one failure to the next taken out: ids, uuids, numbers, dates, durations,
 * addresses, ports, paths, hex, e-mail, instance parts of hosts and quoted values become `<n>`, `<path>` and
 * so on. What is meaning stays: names of constraints, columns, tables, properties and functions, error codes,
 * HTTP statuses, API actions. Reads the first 8 KiB and answers at most 1,000 characters.
 */
export function normaliseMessage(message: string): string {
  const text = message
    .slice(0, 8_192)
    .replaceAll("\u001b", " ")
    .replace(/\bparams: [^\n]*/g, "params: <value>")
    .replace(/\s+/g, " ")
    .trim();
  const plain = text.replace(pieces, (piece: string, ...rest: unknown[]) => {
    const groups = rest[rest.length - 1] as Record<string, string | undefined>;
    const offset = rest[rest.length - 3] as number;
    const before = text.slice(Math.max(0, offset - 40), offset);
    const after = text.slice(offset + piece.length, offset + piece.length + 30);
    if (groups.url !== undefined) return hostOnly(piece);
    if (groups.email !== undefined) return "<email>";
    if (groups.uuid !== undefined) return "<n>";
    if (groups.date !== undefined) return "<date>";
    if (groups.quoted !== undefined) return quotedValue(piece, before, after);
    if (groups.ip !== undefined) return "<ip>";
    if (groups.path !== undefined) return "<path>";
    if (groups.hex !== undefined) return "<n>";
    if (groups.mixed !== undefined) return /^[0-9A-Z]{2,5}$/.test(piece) ? piece : "<n>";
    if (groups.duration !== undefined) return "<duration>";
    if (groups.size !== undefined) return "<size>";
    if (groups.word !== undefined) return wordOrId(piece);
    return numberOrMeaning(piece, before, after);
  });
  return plain
    .replace(/(<ip>|[a-z0-9_>-]{1,63}(?:\.[a-z0-9_<>-]{1,63}){0,8}):(?:<n>|\d{2,5})\b/gi, "$1")
    .replace(/(<[a-z]{1,8}>)(?:[,;]? ?\1){1,500}/g, "$1")
    .slice(0, 1_000);
}
