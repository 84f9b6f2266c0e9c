import { connect } from "node:net";
import { type EmbeddedPostgres, startEmbedded } from "#db/embedded.ts";

const lookEveryMs = 500;
const answerLimitMs = 2_000;
/** One refused look may be chance; so many in a row are not. */
const missesBeforeRestart = 2;

/**
 * Keeps the embedded Postgres running: looks at its port twice a second and starts it again, on the same port and with
 * the same password, when it is gone, so that every process that holds its address reconnects.
 */
export class PostgresKeeper {
  readonly #directory: string;
  readonly #say: (words: string) => void;
  #postgres: EmbeddedPostgres | null = null;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #misses = 0;
  #stopping = false;

  constructor(directory: string, say: (words: string) => void) {
    this.#directory = directory;
    this.#say = say;
  }

  /** Starts or attaches to it; resolves to its address. */
  async start(): Promise<EmbeddedPostgres> {
    this.#postgres = await startEmbedded(this.#directory, { log: this.#say });
    return this.#postgres;
  }

  /** From now on it is started again whenever it is gone. */
  watch(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => {
        if (!this.#stopping) this.watch();
      });
    }, lookEveryMs);
  }

  /** Stops it cleanly. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await this.#postgres?.stop();
  }

  async #look(): Promise<void> {
    if (this.#postgres === null) return;
    const port = Number(new URL(this.#postgres.url).port);
    this.#misses = (await answers(port)) ? 0 : this.#misses + 1;
    if (this.#misses < missesBeforeRestart || this.#stopping) return;
    this.#say("does not answer: starting it again on the same port");
    try {
      this.#postgres = await startEmbedded(this.#directory, { port, log: this.#say });
      this.#misses = 0;
      this.#say("answers again");
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: answerLimitMs });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
