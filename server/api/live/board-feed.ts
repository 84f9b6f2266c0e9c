import type { ToldDepths } from "#server/store/metrics/tell-depths.ts";
import type { DepthRow } from "#server/store/overview/read-latest-depths.ts";
import { monotonicMs } from "#server/system/clock.ts";
import type { BoardSnapshot } from "../board/board-snapshot.ts";
import { isSameBoard } from "./is-same-board.ts";

/** What the stream carries: a fresh snapshot, or word that reading it failed (the last one stays valid for its time). */
export type BoardMessage = { kind: "board"; board: BoardSnapshot } | { kind: "stale"; because: string };

/** What the feed reads from. */
interface BoardSource {
  read(): Promise<BoardSnapshot>;
  /** The last snapshot with newer depths, which no read was needed for; null when there is none to put them into. */
  withDepths(depths: { atMs: number; rows: DepthRow[] }): BoardSnapshot | null;
}

const intervalMs = 1_000;
/** The pace while nothing moves, ms: an idle page costs next to nothing, and what ends the calm is told. */
const calmIntervalMs = 2_000;
/** The least time between two readings however much is told, ms. */
const leastIntervalMs = 250;
/** So many readings in a row without a difference are calm. */
const calmAfter = 3;
/** A snapshot younger than this is handed to a newcomer as it is, ms. */
const freshMs = 1_500;

/**
 * One reader for every tab of this process: reads the Board once a second while anybody listens (the next second
 * counts from the end of a read, so that a slow database is never asked twice at once) and hands it to all; every other
 * second while nothing moves. Depths that the dispatcher tells of meanwhile go out without a read.
 */
export class BoardFeed {
  readonly #source: BoardSource;
  readonly #describe: (error: unknown) => string;
  readonly #listeners = new Set<(message: BoardMessage) => void>();
  #last: { board: BoardSnapshot; readAtMs: number } | null = null;
  #reading: Promise<BoardSnapshot> | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When the timer ends, and when the last reading ended, as {@link monotonicMs}. */
  #dueMs = 0;
  #endedMs = Number.NEGATIVE_INFINITY;
  #closed = false;
  /** Readings in a row that differed in nothing but their time. */
  #alike = 0;

  constructor(source: BoardSource, describe: (error: unknown) => string) {
    this.#source = source;
    this.#describe = describe;
  }

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** A snapshot at most {@link freshMs} old; one read serves all who ask meanwhile. */
  async current(): Promise<BoardSnapshot> {
    if (this.#last && monotonicMs() - this.#last.readAtMs < freshMs) return this.#last.board;
    return this.#read();
  }

  /** Messages until `signal` aborts or the feed closes. Of several that come while the caller is busy only the newest is kept. */
  async *listen(signal: AbortSignal): AsyncGenerator<BoardMessage> {
    const inbox: { newest: BoardMessage | null; wake: () => void } = { newest: null, wake: () => {} };
    const listener = (message: BoardMessage) => {
      inbox.newest = message;
      inbox.wake();
    };
    const stop = () => inbox.wake();
    this.#listeners.add(listener);
    signal.addEventListener("abort", stop);
    try {
      inbox.newest = await this.#message(() => this.current());
      if (this.#timer === null) this.#schedule(intervalMs);
      while (!signal.aborted && !this.#closed) {
        const message = inbox.newest;
        inbox.newest = null;
        if (message) yield message;
        else {
          await new Promise<void>((resolve) => {
            inbox.wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener("abort", stop);
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0 && this.#timer) {
        clearTimeout(this.#timer);
        this.#timer = null;
      }
    }
  }

  /** Hands out depths that were told: at once while anybody listens. What was too long to be told is read. */
  tell({ atMs, rows }: ToldDepths): void {
    if (this.#closed || this.#listeners.size === 0) return;
    const board = rows && this.#source.withDepths({ atMs, rows });
    if (board) {
      const wasCalm = this.#alike >= calmAfter;
      this.#keep(board, 0);
      for (const listener of this.#listeners) listener({ kind: "board", board });
      // Something moves again: what else there is to know of it waits for no slow turn.
      if (wasCalm && this.#alike === 0) this.look();
    } else void this.#hand();
  }

  /** Something changed that was not told: reads soon while anybody listens, and goes on at the usual pace. */
  look(): void {
    this.#alike = 0;
    this.#schedule(leastIntervalMs);
  }

  /** Ends every stream and the reading. */
  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const listener of this.#listeners)
      listener({ kind: "stale", because: "The console's server is stopping." });
  }

  #read(): Promise<BoardSnapshot> {
    this.#reading ??= this.#source
      .read()
      .then((board) => {
        this.#keep(board, 1);
        return board;
      })
      .finally(() => {
        this.#endedMs = monotonicMs();
        this.#reading = null;
      });
    return this.#reading;
  }

  /** `alike`: for how many readings this one counts when nothing moved. */
  #keep(board: BoardSnapshot, alike: 0 | 1): void {
    this.#alike = this.#last && isSameBoard(this.#last.board, board) ? this.#alike + alike : 0;
    this.#last = { board, readAtMs: monotonicMs() };
  }

  #message(read: () => Promise<BoardSnapshot>): Promise<BoardMessage> {
    return read().then(
      (board): BoardMessage => ({ kind: "board", board }),
      (error): BoardMessage => ({ kind: "stale", because: this.#describe(error) }),
    );
  }

  async #hand(): Promise<void> {
    const message = await this.#message(() => this.#read());
    for (const listener of this.#listeners) listener(message);
  }

  /** The next reading, so long after the end of the last one; what was meant to come later gives way. */
  #schedule(afterMs: number): void {
    if (this.#closed || this.#listeners.size === 0) return;
    const nowMs = monotonicMs();
    const dueMs = Math.max(nowMs, this.#endedMs + afterMs);
    if (this.#timer && this.#dueMs <= dueMs) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(async () => {
      await this.#hand();
      this.#timer = null;
      this.#schedule(this.#alike >= calmAfter ? calmIntervalMs : intervalMs);
    }, dueMs - nowMs);
  }
}
