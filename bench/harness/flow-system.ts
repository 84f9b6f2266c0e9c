import type { Place } from "./system.ts";

/** One kind of job of a bench that mixes several in one pool: a definition, a task or a name, as the system has it. */
export interface FlowKind {
  name: string;
  priority: "high" | "normal" | "low";
  /** The service that its handler calls, for systems that want to know. */
  dependency?: string;
  /** Called once an attempt, at its start. A rejection fails the attempt. */
  handler: (index: number) => Promise<void>;
}

export interface FlowJob {
  kind: string;
  index: number;
}

export interface FlowProducer {
  /** Resolves when the jobs are durable by the system's own rule. */
  submit(jobs: FlowJob[]): Promise<void>;
  close(): Promise<void>;
}

export interface FlowWorker {
  /** Jobs that were given up for good: no attempt is left. */
  countDead(): Promise<number>;
  /** Ends at once as far as the system allows; jobs that wait stay behind. */
  stop(): Promise<void>;
}

/** A contender in the benches of flow control: several kinds of jobs, one queue, one pool of so many slots. */
export interface FlowSystem {
  prepare(place: Place, kinds: readonly FlowKind[]): Promise<void>;
  openProducer(place: Place, kinds: readonly FlowKind[]): Promise<FlowProducer>;
  startWorker(place: Place, kinds: readonly FlowKind[], slots: number): Promise<FlowWorker>;
}
