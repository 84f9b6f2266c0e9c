import { cutText } from "#core/definition/cut-text.ts";
import { utf8Bytes } from "#core/definition/payload-limits.ts";
import { logLimits } from "#core/job/log-limits.ts";
import type { LogLevel, Transport, TransportJob } from "../transports/transport.ts";

/**
 * What an attempt logs, on its way to be kept: numbered, cut to the limits of a line and of an attempt. What is beyond is
 * counted, and told when the attempt ends. Made with the first line: a handler that logs nothing pays nothing.
 */
export class AttemptLog {
  readonly #job: TransportJob;
  readonly #transport: Transport;
  #seq = 0;
  #bytes = 0;
  #dropped = 0;

  constructor(job: TransportJob, transport: Transport) {
    this.#job = job;
    this.#transport = transport;
  }

  add(level: LogLevel, message: string, facts: object | undefined): void {
    if (this.#seq >= logLimits.lines || this.#bytes >= logLimits.bytes) {
      this.#dropped++;
      return;
    }
    const text = cutText(String(message), logLimits.lineBytes);
    const room = logLimits.lineBytes - utf8Bytes(text);
    const told = facts === undefined ? null : factsText(facts, room);
    const bytes = utf8Bytes(text) + (told === null ? 0 : utf8Bytes(told));
    if (this.#bytes + bytes > logLimits.bytes) {
      this.#bytes = logLimits.bytes;
      this.#dropped++;
      return;
    }
    this.#bytes += bytes;
    this.#send(level, text, told);
  }

  /** Say what was left out, if anything. */
  end(): void {
    if (this.#dropped === 0) return;
    const lines = this.#dropped === 1 ? "1 more line" : `${this.#dropped} more lines`;
    this.#dropped = 0;
    this.#send(
      "warn",
      `${lines} dropped: at most ${logLimits.lines} lines and ${logLimits.bytes / 1024} KiB are kept`,
      null,
    );
  }

  #send(level: LogLevel, message: string, facts: string | null): void {
    this.#seq++;
    const atMs = this.#transport.nowMs();
    this.#transport.log(this.#job, { seq: this.#seq, atMs, level, message, facts });
  }
}

/** Facts as JSON; what JSON cannot carry is told as text, and what is too long only by its size. */
function factsText(facts: object, room: number): string | null {
  try {
    const text = JSON.stringify(facts, tellable);
    if (text === undefined || text === "{}") return null;
    const bytes = utf8Bytes(text);
    if (bytes <= room) return text;
    const instead = JSON.stringify({ dropped: `facts of ${bytes} bytes are too long` });
    return instead.length <= room ? instead : null;
  } catch {
    return JSON.stringify({ dropped: "the facts cannot be written as JSON" });
  }
}

function tellable(_key: string, value: unknown): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  return typeof value === "bigint" ? String(value) : value;
}
