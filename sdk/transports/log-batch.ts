const flushAfterMs = 500;
const flushLines = 200;
/** Lines held while they cannot be written; beyond it the newest are dropped. */
const mostHeld = 5_000;
const retryMs = 1_000;

/**
 * Gathers lines and writes them half a second after the first, or when 200 are there: off the path of claims and
 * completions, one write at a time. A write that fails is tried again with the same lines.
 */
export class LogBatch<Line> {
  readonly #write: (lines: readonly Line[]) => Promise<void>;
  readonly #onError: (error: unknown, lost: number) => void;
  #lines: Line[] = [];
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #closing = false;
  #writing: Promise<void> | null = null;

  constructor(
    write: (lines: readonly Line[]) => Promise<void>,
    onError: (error: unknown, lost: number) => void,
  ) {
    this.#write = write;
    this.#onError = onError;
  }

  add(line: Line): void {
    if (this.#lines.length >= mostHeld) {
      this.#lost++;
      return;
    }
    this.#lines.push(line);
    if (this.#lines.length >= flushLines) this.#flush();
    else this.#later(flushAfterMs);
  }

  /** Write what is there, as far as one more try goes. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#writing;
    while (this.#lines.length > 0 && (await this.#writeNext()));
    clearTimeout(this.#timer);
  }

  #later(afterMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, afterMs);
  }

  #flush(): void {
    if (this.#closing || this.#writing !== null || this.#lines.length === 0) return;
    this.#writing = this.#writeNext().then((written) => {
      this.#writing = null;
      if (this.#closing) return;
      if (!written) this.#later(retryMs);
      else if (this.#lines.length >= flushLines) this.#flush();
      else if (this.#lines.length > 0) this.#later(flushAfterMs);
    });
  }

  async #writeNext(): Promise<boolean> {
    const batch = this.#lines.slice(0, flushLines);
    try {
      await this.#write(batch);
      this.#lines = this.#lines.slice(batch.length);
      return true;
    } catch (error) {
      this.#onError(error, this.#lost);
      this.#lost = 0;
      return false;
    }
  }
}
