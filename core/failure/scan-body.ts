/** What a JSON or XML body inside a message says of its error. */
interface ScannedBody {
  name: string;
  codes: string[];
  message: string;
  httpStatus: number | null;
}

const jsonField =
  /"(reason|decline_code|code|Code|errorCode|error_code|errcode|codeName|sqlState|__type|type|error|status|statusCode|status_code|name|message|Message|msg|errmsg|error_description|error_message|errorMessage|detail|details|title|description)" {0,4}: {0,4}(?:"([^"]{0,600})|(\d{1,6})\b)/g;
const xmlField = /<(Code|Message|code|message|error)>([^<]{1,400})</g;

/** Which keys name the error most closely; the rest only say which kind it is. */
const codeKeys: Readonly<Record<string, number>> = {
  reason: 0,
  decline_code: 0,
  code: 1,
  Code: 1,
  errorCode: 1,
  error_code: 1,
  errcode: 1,
  codeName: 1,
  sqlState: 1,
  error: 2,
  __type: 2,
  name: 3,
  status: 3,
  type: 4,
};
const messageKeys = new Set([
  "message",
  "Message",
  "msg",
  "errmsg",
  "error_description",
  "error_message",
  "errorMessage",
  "detail",
  "details",
  "title",
  "description",
]);
const statusKeys = new Set(["status", "statusCode", "status_code", "code", "error_code"]);
const looksLikeCode = /^[A-Za-z][\w./:#-]{1,80}$/;

/**
 * Reads the error fields out of the JSON or XML that a message carries, cut off or escaped as it may be, at
 * most 40 fields; null when there are none. The fields are found by their form and not by parsing, so a body
 * that was cut in the middle still speaks.
 */
export function scanBody(text: string): ScannedBody | null {
  if (!text.includes("{") && !text.includes("</")) return null;
  const plain = text.includes('\\"') ? text.replace(/\\{1,3}"/g, '"') : text;
  const codes: { rank: number; code: string }[] = [];
  const messages: string[] = [];
  let httpStatus: number | null = null;
  const take = (key: string, value: string, isNumber: boolean) => {
    if (isNumber && statusKeys.has(key) && /^[45]\d\d$/.test(value)) httpStatus ??= Number(value);
    else if (messageKeys.has(key)) messages.push(value);
    else if (key === "error" && !looksLikeCode.test(value)) messages.push(value);
    else {
      const code = key === "__type" ? value.slice(value.lastIndexOf("#") + 1) : value;
      const rank = codeKeys[key];
      if (rank !== undefined && (isNumber || looksLikeCode.test(code))) codes.push({ rank, code });
    }
  };
  let fields = 0;
  for (const found of plain.matchAll(jsonField)) {
    take(found[1] ?? "", found[2] ?? found[3] ?? "", found[3] !== undefined);
    fields += 1;
    if (fields >= 40) break;
  }
  if (fields === 0)
    for (const found of plain.matchAll(xmlField)) {
      const key = (found[1] ?? "").toLowerCase();
      take(key === "message" ? "message" : "code", found[2] ?? "", false);
      fields += 1;
      if (fields >= 10) break;
    }
  if (codes.length === 0 && messages.length === 0 && httpStatus === null) return null;
  codes.sort((a, b) => a.rank - b.rank);
  return { name: "", codes: codes.map(({ code }) => code), message: messages.join("; "), httpStatus };
}
