import type { HeartbeatReport, SlotLimit } from "../transports/transport.ts";

/** What the heartbeat thread is started with. */
export interface BeatSettings {
  connectionString: string;
  workerId: string;
  leaseMs: number;
  heartbeatMs: number;
  shared: Float64Array;
}

/** What it says after each beat. */
export type BeatMessage = ({ kind: "beat" } & HeartbeatReport) | { kind: "failed"; error: string };

/** What it is told meanwhile: to beat at once, to leave leases to run out, or what the concurrency was adapted to. */
export type BeatOrder =
  | { kind: "beat" }
  | { kind: "let-go"; leaseIds: readonly string[] }
  | { kind: "limit"; limit: SlotLimit | null };
