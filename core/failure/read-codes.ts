import { codeKey } from "./index-rules.ts";
import type { Evidence } from "./read-evidence.ts";
import type { Protocol } from "./rules/built-in-rule.ts";

const mailWords =
  /\bsmtp\b|\b[245]\.\d\.\d{1,3}\b|mailbox|transmission channel|mail action|greylist|can't send mail|message failed:|mail command failed|invalid login|recipient|data command failed/;
const brokerWords =
  /\bamqp|\brabbit|\bvhost\b|channel closed by server|connection closed: \d|not[_-]found - no (queue|exchange)|\(channel[_-]error|queuedeclare|basicpublish|inequivalent arg|connection[_-]forced/;

/** The protocol that a number in `code` belongs to: told by the error's name, the dependency, the words, its form. */
function protocolOf(layer: Evidence, code: string, dependency: string): Protocol | null {
  const name = layer.name.toLowerCase();
  if (name.startsWith("mongo") || /mongo/.test(dependency)) return "mongo";
  if (
    name.startsWith("kafka") ||
    /kafka|librdkafka/.test(dependency) ||
    /\bkafka\b|^local: |^broker: /.test(layer.words)
  )
    return "kafka";
  if (/^-?\d{1,2}$/.test(code) && Number(code) >= 0 && Number(code) <= 16) return "grpc";
  if (/^\d{3}$/.test(code)) {
    if (/amqp|rabbit/.test(dependency) || brokerWords.test(layer.words)) return "amqp";
    if (/smtp|\bmail|mail\b|mailer|sendmail|postfix|\bses\b/.test(dependency) || mailWords.test(layer.words))
      return "smtp";
    const reply = Number(code);
    if ([450, 452, 454, 530, 534, 535, 538, 550, 551, 552, 553, 554, 555, 556].includes(reply)) return "smtp";
    if ((reply >= 311 && reply <= 320 && reply !== 312) || reply === 312 || reply === 540 || reply === 541)
      return "amqp";
    return null;
  }
  if (/^(1[0-9]|2[0-9]|3[0-9]|4[0-9])\d\d$/.test(code)) return "mysql";
  if (/^\d{5}$/.test(code) && /^1[0-9]{4}$|^9001$/.test(code)) return "mongo";
  return null;
}

const grpcPrefix =
  /^(?:error: |[a-z]+error: )?(\d{1,2}) (cancelled|unknown|invalid_argument|deadline_exceeded|not_found|already_exists|permission_denied|resource_exhausted|failed_precondition|aborted|out_of_range|unimplemented|internal|unavailable|data_loss|unauthenticated):/;
const grpcGo = /\bcode = ([a-z]+) desc\b/;
const grpcNamed =
  /\b(?:statuscode\.|status code |grpc[ -]status[:= ]{1,3}|\[)(unavailable|internal|aborted|cancelled|unknown|unauthenticated|unimplemented)\b/;
const sqlState = /\bsqlstate[ :[("']{0,3}([0-9a-z]{5})\b/;
const amqpReply = /(?:closed(?: by server)?: |; )(\d{3}) \([a-z]+[-_)]/;
const smtpReply = /(?:^|[a-z]: |["'(])([245]\d\d)[ -](?!(?:items|rows|ms|bytes)\b)/;

/** Codes in the words by the grammar of their protocol. */
function spokenCodes(layer: Evidence, dependency: string): string[] {
  const { words } = layer;
  const found: string[] = [];
  if (
    !/\d/.test(words) &&
    !words.includes("code = ") &&
    !words.includes("statuscode") &&
    !words.includes("[")
  )
    return found;
  const smtp = smtpReply.exec(words)?.[1];
  if (smtp !== undefined && (mailWords.test(words) || /smtp|mail/.test(dependency)))
    found.push(codeKey(smtp, "smtp"));
  const amqp = amqpReply.exec(words)?.[1];
  if (amqp !== undefined) found.push(codeKey(amqp, "amqp"));
  const prefix = grpcPrefix.exec(words)?.[1];
  if (prefix !== undefined) found.push(codeKey(prefix, "grpc"));
  const go = grpcGo.exec(words)?.[1] ?? grpcNamed.exec(words)?.[1];
  if (go !== undefined) found.push(codeKey(go));
  const state = sqlState.exec(words)?.[1];
  if (state !== undefined) found.push(codeKey(state));
  return found;
}

const errnoToken =
  /\b(?:E[A-Z][A-Z0-9_]{2,30}|EAI_[A-Z]{4,8}|UND_ERR_[A-Z_]{3,40}|ERR_[A-Z0-9_]{3,60}|CERT_[A-Z_]{5,40}|DEPTH_ZERO_[A-Z_]{5,40}|SELF_SIGNED_[A-Z_]{5,40}|UNABLE_TO_[A-Z_]{5,40})\b/g;
const serviceToken =
  /\b(?:[A-Z][a-z]{1,30}(?:[A-Z]{1,6}[a-z0-9]{0,30}){1,8}|[A-Z0-9]{2,30}(?:_[A-Z0-9]{1,30}){1,8}|[a-z]{2,30}(?:_[a-z]{2,30}){1,6})\b/g;
const languageErrors = new Set([
  "TypeError",
  "ReferenceError",
  "SyntaxError",
  "RangeError",
  "AssertionError",
  "EvalError",
]);

/** Error numbers and service codes that a message spells out, at most 30, in the order they stand. */
function writtenCodes(layer: Evidence): string[] {
  const found: string[] = [];
  const { message } = layer;
  for (const token of message.matchAll(errnoToken)) {
    found.push(codeKey(token[0]));
    if (found.length >= 10) break;
  }
  if (languageErrors.has(layer.name)) return found;
  const most = found.length + 60;
  for (const token of message.matchAll(serviceToken)) {
    found.push(codeKey(token[0]));
    if (found.length >= most) break;
  }
  return found;
}

/** A SQLSTATE by its class, for codes that no rule names alone. */
const sqlStateClass = /^(?:08|22|23|28|40|42|53|54|57|58|XX)[0-9A-Z]{3}$/;

/** The codes of a layer as keys of the index, in the order in which they are believed. */
export function readCodes(layer: Evidence, dependency: string): { given: string[]; written: string[] } {
  const given = spokenCodes(layer, dependency);
  for (const code of layer.codes) {
    if (/^-?\d{1,5}$/.test(code)) {
      const protocol = layer.body ? null : protocolOf(layer, code, dependency);
      if (protocol !== null) given.push(codeKey(code, protocol));
      else if (/^[45]\d\d$/.test(code)) layer.httpStatus ??= Number(code);
    }
    given.push(codeKey(code));
    if (sqlStateClass.test(code) && layer.httpStatus === null)
      given.push(`sqlstate:${code.slice(0, 2).toLowerCase()}`);
  }
  if (layer.name !== "" && !languageErrors.has(layer.name)) given.push(codeKey(layer.name));
  return { given, written: writtenCodes(layer) };
}
