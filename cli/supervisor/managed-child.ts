import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import type { ReadyMessage } from "../process/run-until-stopped.ts";
import { restartDelayMs, settledAfterMs } from "./restart-delay.ts";

/** A child process that the supervisor keeps running. */
export interface ChildSpec {
  /** What its lines are marked with. */
  name: string;
  /** A module and its arguments, run by this Node. */
  command: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Whether it says when it is ready ({@link ReadyMessage}). */
  saysReady: boolean;
  /** Started only once this other child has said that it is ready. */
  after?: string;
  /** How long it has to stop after SIGTERM before it is killed, ms. */
  stopLimitMs: number;
}

export interface ChildListener {
  onReady(name: string, message: ReadyMessage): void;
  /** A line of its standard output or error. */
  onLine(name: string, line: string): void;
  /** Something about the child itself, for a person. */
  onNews(name: string, words: string): void;
}

/** Keeps one child process running: starts it again when it dies, with growing pauses, until stopped. */
export class ManagedChild {
  readonly #spec: ChildSpec;
  readonly #listener: ChildListener;
  #child: ChildProcess | null = null;
  #deaths = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(spec: ChildSpec, listener: ChildListener) {
    this.#spec = spec;
    this.#listener = listener;
  }

  get name(): string {
    return this.#spec.name;
  }

  /** Null while it is not running. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  start(): void {
    const { name, command, environment } = this.#spec;
    const startedMs = performance.now();
    // A process group of its own, so that Ctrl-C reaches the supervisor alone, which stops the children in order;
    // when the supervisor itself is killed, the closed channel tells them.
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...command], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: process.platform !== "win32",
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on("line", (line) => this.#listener.onLine(name, line));
    child.on("message", (message: ReadyMessage) => {
      if (message?.kind === "ready") this.#listener.onReady(name, message);
    });
    let isOver = false;
    const over = (how: string) => {
      if (isOver) return;
      isOver = true;
      this.#child = null;
      if (!this.#stopping) this.#startAgain(how, performance.now() - startedMs);
    };
    child.once("error", (error) => over(`could not be started (${error.message})`));
    child.once("exit", (code, signal) =>
      over(signal ? `was ended by ${signal}` : `exited with code ${code}`),
    );
  }

  /** SIGTERM, and SIGKILL when it has not stopped within its limit; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    // A channel that is listened to would keep a child that has nothing else to do.
    if (child.connected) child.disconnect();
    const late = setTimeout(() => {
      this.#listener.onNews(this.name, `did not stop within ${this.#spec.stopLimitMs} ms: killed`);
      child.kill("SIGKILL");
    }, this.#spec.stopLimitMs);
    await gone;
    clearTimeout(late);
  }

  /** SIGKILL at once. */
  kill(): void {
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#child?.kill("SIGKILL");
  }

  #startAgain(how: string, ranMs: number): void {
    this.#deaths = ranMs >= settledAfterMs ? 1 : this.#deaths + 1;
    const delayMs = restartDelayMs(this.#deaths);
    this.#listener.onNews(this.name, `${how}: starting it again in ${delayMs / 1_000} s`);
    this.#timer = setTimeout(() => this.start(), delayMs);
  }
}
