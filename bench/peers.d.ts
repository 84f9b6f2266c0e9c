// What the benchmarks use of the peers. Declared here because the peers are not dependencies of the product: the
// type check must pass before `npm install` has ever run in this folder.

declare module "graphile-worker" {
  export interface Job {
    id: string;
  }
  export class Logger {
    constructor(factory: (scope: object) => (level: string, message: string, meta?: object) => void);
  }
  export interface SharedOptions {
    connectionString: string;
    maxPoolSize?: number;
    logger?: Logger;
  }
  export interface WorkerUtils {
    addJob(task: string, payload: unknown): Promise<Job>;
    addJobs(jobs: { identifier: string; payload: unknown; priority?: number }[]): Promise<Job[]>;
    migrate(): Promise<void>;
    release(): Promise<void>;
  }
  export interface Runner {
    stop(): Promise<void>;
  }
  export interface WorkerOptions {
    concurrentJobs?: number;
    pollInterval?: number;
    localQueue?: { size: number };
    completeJobBatchDelay?: number;
    failJobBatchDelay?: number;
  }
  export function makeWorkerUtils(options: SharedOptions): Promise<WorkerUtils>;
  export function run(
    options: SharedOptions & {
      taskList: Record<string, (payload: unknown) => Promise<void>>;
      noHandleSignals: boolean;
      crontab: string;
      preset: { worker: WorkerOptions };
    },
  ): Promise<Runner>;
}

declare module "pg-boss" {
  export interface Job<Data> {
    id: string;
    data: Data;
  }
  export interface JobResult {
    id: string;
    status: "completed" | "failed";
    output?: object;
  }
  export interface WorkOptions {
    localConcurrency: number;
    batchSize: number;
    burstWhenBatchFull: boolean;
    pollingIntervalSeconds: number;
    notifyPollingIntervalSeconds: number;
    perJobResults: boolean;
  }
  export class PgBoss {
    constructor(options: {
      connectionString: string;
      max?: number;
      schedule?: boolean;
      supervise?: boolean;
      useListenNotify?: boolean;
    });
    on(event: "error", listener: (error: Error) => void): void;
    start(): Promise<PgBoss>;
    stop(options: { graceful: boolean; close: boolean }): Promise<void>;
    createQueue(
      name: string,
      options: { notify: boolean; retryLimit: number; retryDelay: number; retryBackoff: boolean },
    ): Promise<void>;
    send(name: string, data: object): Promise<string | null>;
    insert(name: string, jobs: { data: object; priority?: number }[]): Promise<string[] | null>;
    work<Data>(
      name: string,
      options: WorkOptions,
      handler: (jobs: Job<Data>[]) => Promise<JobResult[] | undefined>,
    ): Promise<string>;
  }
}

declare module "bullmq" {
  export interface Connection {
    url: string;
    maxRetriesPerRequest?: null;
  }
  export interface JobOptions {
    attempts: number;
    backoff: { type: "fixed" | "exponential"; delay: number; jitter?: number };
    removeOnComplete: boolean;
    removeOnFail: boolean;
  }
  export class Queue<Data> {
    constructor(name: string, options: { connection: Connection; defaultJobOptions: JobOptions });
    on(event: "error", listener: (error: Error) => void): void;
    add(name: string, data: Data): Promise<object>;
    addBulk(jobs: { name: string; data: Data; opts?: { priority?: number } }[]): Promise<object[]>;
    getJobCounts(...states: string[]): Promise<Record<string, number>>;
    waitUntilReady(): Promise<object>;
    close(): Promise<void>;
  }
  export class Worker<Data> {
    constructor(
      name: string,
      processor: (job: { data: Data }) => Promise<void>,
      options: { connection: Connection; concurrency: number },
    );
    on(event: "error", listener: (error: Error) => void): void;
    waitUntilReady(): Promise<object>;
    close(force?: boolean): Promise<void>;
  }
}

declare module "ioredis" {
  export class Redis {
    constructor(url: string);
    flushall(): Promise<string>;
    quit(): Promise<string>;
  }
}
