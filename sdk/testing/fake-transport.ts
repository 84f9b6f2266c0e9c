import type {
  AdaptedLimit,
  ClaimLimits,
  FinishedRun,
  HeartbeatReport,
  LogLine,
  Transport,
  TransportJob,
  Vitals,
  WorkerRegistration,
} from "../transports/transport.ts";

let made = 0;

/** A claimed job of class normal under a lease of its own, unless said. */
export function fakeJob(more: Partial<TransportJob> = {}): TransportJob {
  const id = String(++made);
  return {
    id,
    leaseId: `lease-${id}`,
    token: null,
    attempt: 1,
    definition: "work",
    version: 1,
    rank: 2,
    lane: 1,
    payload: "{}",
    runAtMs: 0,
    traceparent: null,
    checkpoint: null,
    attemptMs: 60_000,
    heartbeatMs: null,
    target: null,
    dependencies: [],
    ...more,
  };
}

export interface FakeSettle {
  runs: readonly FinishedRun[];
  closed: readonly string[];
}

/** A Signalbox that is a few lists: tests fill the backlog and look at what the worker asked of it. */
export class FakeTransport implements Transport {
  workerId = "7";
  leaseMs = 15_000;
  reservedShare = 0.1;
  backlog: TransportJob[] = [];
  readonly claims: Omit<ClaimLimits, "waitMs">[] = [];
  readonly settles: FakeSettle[] = [];
  readonly released: TransportJob[] = [];
  readonly releases: { ids: string[]; closed: readonly string[] }[] = [];
  readonly checkpoints: string[] = [];
  readonly letGone: string[] = [];
  readonly overdueCalls: string[] = [];
  readonly adapted: AdaptedLimit[] = [];
  readonly logged: { jobId: string; line: LogLine }[] = [];
  closed = false;
  /** Fails that many calls of the kind before they succeed. */
  failing = { claim: 0, settle: 0, release: 0 };
  /** When set, a call of the kind waits for it. */
  gates: { claim?: Promise<void>; settle?: Promise<void> } = {};
  /** Ids whose settles are refused: their lease was lost. */
  refused = new Set<string>();
  checkpointAnswer = true;
  /** Dependencies whose gate is shut, and what is slow of them, ms. */
  shut = new Set<string>();
  slowMs = new Map<string, number>();
  wake: () => void = () => undefined;
  hear: (report: HeartbeatReport) => void = () => undefined;
  vitals: () => Vitals = () => ({
    running: 0,
    saturation: 0,
    leases: new Map(),
    firstDeadlineMs: 0,
    limit: null,
  });

  async register(): Promise<void> {
    // Nothing to keep.
  }

  async start(
    _registration: WorkerRegistration,
    vitals: () => Vitals,
    onHeartbeat: (report: HeartbeatReport) => void,
  ): Promise<void> {
    this.vitals = vitals;
    this.hear = onHeartbeat;
  }

  onWake(listener: () => void): void {
    this.wake = listener;
  }

  nowMs(): number {
    return performance.now();
  }

  async claim(limits: ClaimLimits): Promise<TransportJob[]> {
    this.claims.push({ max: limits.max, maxOther: limits.maxOther, except: limits.except });
    await this.gates.claim;
    this.#maybeFail("claim");
    const taken: TransportJob[] = [];
    let others = 0;
    for (const job of this.backlog) {
      if (taken.length === limits.max) break;
      if (job.dependencies.some((name) => limits.except.includes(name) || this.shut.has(name))) continue;
      if (job.rank > 1 && ++others > limits.maxOther) continue;
      taken.push(job);
    }
    this.backlog = this.backlog.filter((job) => !taken.includes(job));
    return taken;
  }

  async settle(
    runs: readonly FinishedRun[],
    closed: readonly string[],
  ): Promise<"all" | ReadonlySet<string>> {
    await this.gates.settle;
    this.#maybeFail("settle");
    this.settles.push({ runs, closed });
    const accepted = runs.filter((run) => !this.refused.has(run.job.id)).map((run) => run.job.id);
    return accepted.length === runs.length ? "all" : new Set(accepted);
  }

  async release(jobs: readonly TransportJob[], closed: readonly string[]): Promise<void> {
    this.#maybeFail("release");
    this.released.push(...jobs);
    this.releases.push({ ids: jobs.map((job) => job.id), closed });
  }

  async checkpoint(_job: TransportJob, data: string): Promise<boolean> {
    this.checkpoints.push(data);
    return this.checkpointAnswer;
  }

  letGo(leaseIds: readonly string[]): void {
    this.letGone.push(...leaseIds);
  }

  log(job: TransportJob, line: LogLine): void {
    this.logged.push({ jobId: job.id, line });
  }

  started(): void {
    // Nothing to count.
  }

  isShut(dependency: string): boolean {
    return this.shut.has(dependency);
  }

  slowMsOf(dependency: string): number | null {
    return this.slowMs.get(dependency) ?? null;
  }

  overdue(job: TransportJob, dependency: string): void {
    this.overdueCalls.push(`${job.id} ${dependency}`);
  }

  limitAdapted(change: AdaptedLimit): void {
    this.adapted.push(change);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  /** The runs that were settled, in order. */
  get settled(): FinishedRun[] {
    return this.settles.flatMap((each) => [...each.runs]);
  }

  #maybeFail(kind: "claim" | "settle" | "release"): void {
    if (this.failing[kind] === 0) return;
    this.failing[kind]--;
    throw new Error("connection lost");
  }
}
