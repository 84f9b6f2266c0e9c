import type { ServerResponse } from "node:http";

/** How often the sessions of open streams are looked at, ms; that one has ended is also told, and then looked at at once. */
const lookEveryMs = 30_000;
/** Streams of one session; the tabs of a browser share one where they can. */
const mostPerSession = 5;

/** The open streams of this process by session: they end when their session does. */
export class SessionStreams {
  readonly #open = new Map<ServerResponse, string>();
  readonly #findLive: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  #timer: NodeJS.Timeout | undefined;

  /** `findLive` says which of these session ids are in force; one question for all streams. */
  constructor(findLive: (ids: readonly string[]) => Promise<ReadonlySet<string>>) {
    this.#findLive = findLive;
  }

  /** Watches a stream until it closes; false when the session has as many as it may. */
  add(res: ServerResponse, sessionId: string): boolean {
    const held = [...this.#open.values()].filter((id) => id === sessionId).length;
    if (held >= mostPerSession) return false;
    this.#open.set(res, sessionId);
    res.once("close", () => this.#open.delete(res));
    this.#timer ??= setTimeout(() => this.#look(), lookEveryMs);
    return true;
  }

  /** Some session has ended: look which streams end with it. */
  look(): void {
    if (this.#open.size === 0) return;
    clearTimeout(this.#timer);
    void this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const res of this.#open.keys()) res.destroy();
  }

  async #look(): Promise<void> {
    const ids = [...new Set(this.#open.values())];
    // A database that is away ends no stream: the next look finds out, and what streams read fails too until then.
    const live = ids.length === 0 ? new Set<string>() : await this.#findLive(ids).catch(() => new Set(ids));
    for (const [res, id] of this.#open) if (ids.includes(id) && !live.has(id)) res.destroy();
    this.#timer = this.#open.size === 0 ? undefined : setTimeout(() => this.#look(), lookEveryMs);
  }
}
