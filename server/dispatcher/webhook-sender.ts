import { webhookDelayMs } from "#core/alert/webhook-delay.ts";
import type { Engine } from "#server/operations/engine.ts";
import { settleDelivery } from "#server/store/webhooks/settle-delivery.ts";
import { type DueDelivery, takeDeliveries } from "#server/store/webhooks/take-deliveries.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { postWebhook } from "./post-webhook.ts";
import type { Service } from "./service.ts";

/** Messages come this often, ms, while nothing else says that one is due. */
const everyMs = 500;

/**
 * Sends what webhooks are to be told, one message at a time for each of them and all of them side by side: one that hangs
 * holds up nobody but itself. Any number of dispatchers may send. A message is sent at least once.
 */
export class WebhookSender implements Service {
  readonly name = "webhooks";
  readonly everyMs = everyMs;
  readonly #engine: Engine;
  readonly #allowPrivate: boolean;
  readonly #sending = new Map<string, Promise<void>>();

  constructor(engine: Engine, allowPrivate: boolean) {
    this.#engine = engine;
    this.#allowPrivate = allowPrivate;
  }

  /** Begin to send what is due to whom nothing is being sent; does not wait for the answers. */
  async tick(): Promise<"done"> {
    const due = await takeDeliveries(this.#engine.pool, [...this.#sending.keys()]);
    for (const delivery of due) this.#send(delivery);
    return "done";
  }

  /** Resolves when all that was begun has been answered, given up and written down. */
  async idle(): Promise<void> {
    while (this.#sending.size > 0) await Promise.all(this.#sending.values());
  }

  #send(delivery: DueDelivery): void {
    const { webhookId, id } = delivery;
    const sent = this.#sendOne(delivery)
      .catch((error: unknown) =>
        this.#engine.log.warn({ delivery: id, error: String(error) }, "a webhook's answer could not be kept"),
      )
      .finally(() => this.#sending.delete(webhookId));
    this.#sending.set(webhookId, sent);
  }

  async #sendOne(delivery: DueDelivery): Promise<void> {
    const { id, sends } = delivery;
    const startedMs = monotonicMs();
    const answer = await postWebhook(delivery, {
      nowMs: this.#engine.clock.nowMs(),
      allowPrivate: this.#allowPrivate,
    });
    const { delivered, status, problem, retry } = answer;
    const retryInMs = delivered || !retry ? null : webhookDelayMs(sends, this.#engine.random);
    await settleDelivery(this.#engine.pool, {
      ...{ id, sends, delivered, status, problem, retryInMs },
      tookMs: monotonicMs() - startedMs,
    });
  }
}
