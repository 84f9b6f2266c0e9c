/** One of the dispatcher's small duties. `tick` does what is due now. */
export interface Service {
  name: string;
  /**
   * Longest time between ticks, ms. A tick that returns `more` is called again at once, because there was more than one
   * batch; one that returns `inMs` says when the next thing falls due.
   */
  everyMs: number;
  tick(nowMs: number): Promise<"more" | "done" | { inMs: number }>;
}
