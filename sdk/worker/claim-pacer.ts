/** Without a hint the worker looks for work this often, ms: what a lost NOTIFY can cost. */
export const pollMs = 1_000;
/** After a claim that found something, one more look this much later, ms: a submit may have raced with it. */
const recheckMs = 10;
/** Claims under way at once while there is a backlog. */
const mostClaims = 2;
const firstRetryMs = 100;
const longestRetryMs = 5_000;

/** What a worker has room for now, in jobs. */
export interface ClaimRoom {
  /** Attempts it may run at once, and how many more of them. */
  slots: number;
  free: number;
  /** To hold beyond the free slots; see prefetch.ts. */
  ahead: number;
  /** Held already, and of those below high. */
  buffered: number;
  otherBuffered: number;
  /** Of the free slots those that jobs below high may take. */
  otherSlots: number;
}

export interface ClaimWish {
  max: number;
  maxOther: number;
}

/** When a worker asks for jobs and for how many: at once where it can use them, seldom where there was nothing. */
export class ClaimPacer {
  /** Claims under way: when each was sent, and whether another was under way at the same time. */
  readonly #claims = new Map<Promise<unknown>, { atMs: number; crossed: boolean }>();
  readonly #onLook: () => void;
  /** When a claim last brought jobs. */
  #broughtAtMs = Number.NEGATIVE_INFINITY;
  #hinted = false;
  /** Of what the last claim found nothing: of critical and high when it could not ask for more. */
  #empty: "nothing" | "urgent" | "all" = "nothing";
  #retryMs = firstRetryMs;
  #timer: NodeJS.Timeout | undefined;

  /** `onLook` is called when it is time to look again. */
  constructor(onLook: () => void) {
    this.#onLook = onLook;
  }

  /** There may be work. */
  hint(): void {
    this.#empty = "nothing";
    this.#hinted = true;
  }

  /** Whether a claim may be sent at all. */
  get isOpen(): boolean {
    return this.#empty !== "all" && this.#claims.size < mostClaims;
  }

  /** What to ask for now; null for nothing. */
  wish({ slots, free, ahead, buffered, otherBuffered, otherSlots }: ClaimRoom): ClaimWish | null {
    const max = free + ahead - buffered;
    // A second claim is worth its trip for a backlog of quick jobs, and for a hint that came after the first was sent.
    const backlog = ahead >= slots && buffered <= ahead / 2;
    if (this.#claims.size > 0 && !backlog && !this.#hinted) return null;
    if (max <= 0 || (buffered >= free && buffered > ahead / 2)) return null;
    const otherRoom = Math.max(0, otherSlots + ahead - otherBuffered);
    if (this.#empty === "urgent" && otherRoom === 0) return null;
    return { max, maxOther: Math.min(max, otherRoom) };
  }

  /** A claim was sent. */
  sent(answer: Promise<unknown>, atMs: number): void {
    this.#hinted = false;
    clearTimeout(this.#timer);
    for (const other of this.#claims.values()) other.crossed = true;
    this.#claims.set(answer, { atMs, crossed: this.#claims.size > 0 });
  }

  /** It was answered with `found` jobs; null when it failed. Unless the worker has stopped claiming, it looks again. */
  answered(
    answer: Promise<unknown>,
    wish: ClaimWish,
    found: number | null,
    isAccepting: boolean,
    nowMs: number,
  ): void {
    const sent = this.#claims.get(answer);
    // A submit that still saw what the claim before has taken sends no hint.
    const tooSoon = sent !== undefined && sent.atMs < this.#broughtAtMs + recheckMs;
    const unsure = found !== null && (sent?.crossed === true || tooSoon);
    if (found !== null && found > 0) this.#broughtAtMs = nowMs;
    this.#claims.delete(answer);
    this.#retryMs = found === null ? Math.min(this.#retryMs * 2, longestRetryMs) : firstRetryMs;
    const isLittle = (found ?? 0) < wish.max / 4;
    // Little of what was wanted: look once more soon rather than at once. Of two claims that cross one may find what the
    // other has locked: that it found nothing does not mean that nothing is there.
    const isSated = isLittle && !this.#hinted && !(unsure && sent?.crossed === true);
    this.#empty = isSated ? (wish.maxOther === 0 && found !== null ? "urgent" : "all") : "nothing";
    if (!isAccepting || !isLittle) return;
    clearTimeout(this.#timer);
    const inMs = found === null ? this.#retryMs : found > 0 || unsure ? recheckMs : pollMs;
    this.#timer = setTimeout(this.#onLook, inMs);
  }

  /** How long until a failed claim is tried again, ms. */
  get retryMs(): number {
    return this.#retryMs;
  }

  /** When the oldest claim under way was sent; Infinity for none. */
  get oldestSentMs(): number {
    return Math.min(...[...this.#claims.values()].map(({ atMs }) => atMs));
  }

  /** Look no more; resolves when no claim is under way. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#claims.keys());
  }
}
