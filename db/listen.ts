import type pg from "pg";
import { openClient } from "./client.ts";

export interface ListenerOptions {
  connectionString: string;
  applicationName?: string;
  /** Called with each notification. */
  onNotify: (channel: string, payload: string) => void;
  /** Called after every (re)connection, because notifications sent meanwhile are lost: read what was missed. */
  onConnect?: () => void;
  onError?: (error: Error) => void;
}

/** How often the connection is tried with a statement, so that a half-open one is found, ms. */
const probeEveryMs = 5_000;
/** Wait between tries to reconnect, ms, doubling up to the longest. */
const firstRetryMs = 100;
const longestRetryMs = 2_000;

/**
 * One LISTEN connection that reconnects for ever until closed. A notification is a hint to look, never the truth:
 * whoever listens must also look by itself now and then.
 */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #channels: string[];
  #client: pg.Client | null = null;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #retryMs = firstRetryMs;

  constructor(channels: string[], options: ListenerOptions) {
    this.#channels = channels;
    this.#options = options;
  }

  /** Connect and listen; resolves after the first try, whether or not it succeeded. */
  async start(): Promise<void> {
    if (this.#closed) return;
    const client = openClient(
      this.#options.connectionString,
      this.#options.applicationName ?? "signalbox listen",
    );
    let gone = false;
    const lost = (error?: Error) => {
      if (gone) return;
      gone = true;
      clearInterval(this.#timer);
      this.#client = null;
      client.end().catch(() => undefined);
      if (error && !this.#closed) this.#options.onError?.(error);
      if (!this.#closed) this.#retry();
    };
    client.on("error", lost);
    client.on("end", () => lost());
    client.on("notification", (message) => this.#options.onNotify(message.channel, message.payload ?? ""));
    try {
      await client.connect();
      for (const channel of this.#channels) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      lost(error as Error);
      return;
    }
    if (this.#closed) {
      await client.end().catch(() => undefined);
      return;
    }
    this.#client = client;
    this.#retryMs = firstRetryMs;
    this.#timer = setInterval(() => this.#probe(client, lost), probeEveryMs);
    this.#options.onConnect?.();
  }

  /** Whether the connection is up now. */
  get connected(): boolean {
    return this.#client !== null;
  }

  /** Stop listening and never reconnect. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
    this.#client = null;
  }

  #retry(): void {
    this.#timer = setTimeout(() => void this.start(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #probe(client: pg.Client, lost: (error: Error) => void): void {
    const late = setTimeout(() => {
      lost(new Error("the LISTEN connection did not answer within 5 s"));
    }, probeEveryMs - 100);
    client.query("select 1").then(
      () => clearTimeout(late),
      (error: Error) => {
        clearTimeout(late);
        lost(error);
      },
    );
  }
}
