import type { Log } from "#server/system/log.ts";
import { alternatesFirst } from "./alternates-first.ts";
import type { Transport } from "./transports/transport.ts";
import type { AnyJob } from "./worker/run-attempt.ts";

/** The definitions of a worker's code, as it registers them: a changed one becomes a new version, the same one stays. */
export class CodeDefinitions {
  readonly #jobs: readonly AnyJob[];
  readonly #force: boolean;
  readonly #log: Log;
  #isRegistered = false;

  constructor(jobs: readonly AnyJob[], force: boolean, log: Log) {
    this.#jobs = jobs;
    this.#force = force;
    this.#log = log;
  }

  /**
   * Registers each. One whose input schema was narrowed is refused, which the first time is thrown. A worker that comes
   * back, as after a long absence of the database, meets what newer code wrote meanwhile: that stands, and the worker goes
   * on with the handlers it has.
   */
  async register(transport: Transport): Promise<void> {
    for (const { name, body } of alternatesFirst(this.#jobs)) {
      try {
        await transport.register(name, this.#force ? { ...body, force: true } : body);
      } catch (error) {
        if (!this.#isRegistered || (error as { code?: unknown }).code !== "conflict") throw error;
        this.#log.warn({ definition: name, error: String(error) }, "the definition stays as it is");
      }
    }
    this.#isRegistered = true;
  }
}
