import type { HeartbeatReport } from "../transports/transport.ts";

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
