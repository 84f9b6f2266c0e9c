/** Waits for the moment at which a worker runs nothing more. */
export class IdleGate {
  #open: (() => void) | null = null;

  /** Nothing runs now. */
  idle(): void {
    this.#open?.();
  }

  /** Resolves when {@link idle} is called, or after `limitMs`. */
  wait(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(late);
        this.#open = null;
        resolve();
      };
      const late = setTimeout(done, limitMs);
      this.#open = done;
    });
  }
}
