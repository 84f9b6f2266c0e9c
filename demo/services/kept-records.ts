/** Records by id, the newest `limit` of them: what a demo service keeps in memory. */
export class KeptRecords<Item extends { id: string }> {
  readonly #prefix: string;
  readonly #limit: number;
  readonly #items = new Map<string, Item>();
  #made = 0;

  constructor(prefix: string, limit = 10_000) {
    this.#prefix = prefix;
    this.#limit = limit;
  }

  /** Stores what `make` builds around a fresh id such as `msg_000042`. */
  add(make: (id: string) => Item): Item {
    this.#made += 1;
    const item = make(`${this.#prefix}_${String(this.#made).padStart(6, "0")}`);
    this.#items.set(item.id, item);
    for (const oldest of this.#items.keys()) {
      if (this.#items.size <= this.#limit) break;
      this.#items.delete(oldest);
    }
    return item;
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  /** How many were ever made, forgotten ones included. */
  get made(): number {
    return this.#made;
  }

  /** The newest first, at most `limit` of them. */
  newest(limit: number): Item[] {
    return [...this.#items.values()].slice(-limit).reverse();
  }
}
