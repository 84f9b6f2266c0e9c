import { refusal, type ServiceReply, type ServiceRequest } from "./route.ts";

/**
 * Remembers what was answered under an Idempotency-Key, so that a call made twice is done once.
 * A repeat gets the first answer with `Idempotency-Replayed: true`; the same key with another body is 422;
 * a repeat while the first is still being done is 409. Only answers below 400 are kept, so what failed can be
 * tried again. The oldest of `limit` keys is forgotten first.
 */
export class IdempotentReplies {
  readonly #limit: number;
  readonly #kept = new Map<string, { fingerprint: string; reply: ServiceReply | null }>();

  constructor(limit = 20_000) {
    this.#limit = limit;
  }

  /** Does the work, or answers from memory when the call carries a key that was seen before. */
  async answer(
    request: ServiceRequest,
    work: () => ServiceReply | Promise<ServiceReply>,
  ): Promise<ServiceReply> {
    const key = request.headers["idempotency-key"];
    if (typeof key !== "string" || key === "") return work();
    const fingerprint = JSON.stringify(request.body);
    const known = this.#kept.get(key);
    if (known !== undefined) return replay(known, fingerprint);

    this.#kept.set(key, { fingerprint, reply: null });
    try {
      const reply = await work();
      if (reply.status < 400) this.#keep(key, { fingerprint, reply });
      else this.#kept.delete(key);
      return reply;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #keep(key: string, entry: { fingerprint: string; reply: ServiceReply }): void {
    this.#kept.set(key, entry);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#limit) break;
      this.#kept.delete(oldest);
    }
  }
}

function replay(
  known: { fingerprint: string; reply: ServiceReply | null },
  fingerprint: string,
): ServiceReply {
  if (known.fingerprint !== fingerprint) {
    return refusal(422, "idempotency_key_reused", "This Idempotency-Key was used with another body.");
  }
  if (known.reply === null) {
    return refusal(
      409,
      "idempotency_key_in_use",
      "A call with this Idempotency-Key is being worked on; try again.",
    );
  }
  return { ...known.reply, status: 200, headers: { ...known.reply.headers, "idempotency-replayed": "true" } };
}
