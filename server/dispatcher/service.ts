/** One of the dispatcher's small duties. `tick` does what is due now. */
export interface Service {
  name: string;
  /**
   * Usual time between ticks, ms. A tick that returns `more` is called again at once: there was more than one batch.
   */
  everyMs: number;
  tick(nowMs: number): Promise<"more" | "done">;
}
