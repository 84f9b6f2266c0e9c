import { mkdirSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { startEmbedded } from "../../db/embedded.ts";
import { startRedis } from "./start-redis.ts";
import type { Place, SystemName } from "./system.ts";

export interface Places {
  postgresVersion: string;
  redisVersion: string | null;
  /** An empty database for one run; null where the system's server is not there. */
  fresh(system: SystemName): Promise<Place | null>;
  close(): Promise<void>;
}

/**
 * The servers of one bench run: a Postgres of our own in `directory` (durable: fsync and synchronous_commit on, kept
 * between runs) and, when `redis` is wanted and `redis-server` is found, a Redis.
 */
export async function openPlaces(
  directory: string,
  redis: boolean,
  log: (message: string) => void,
): Promise<Places> {
  // The parent must be open to the user under which Postgres runs, which may not be ours.
  mkdirSync(path.dirname(directory), { recursive: true, mode: 0o755 });
  const postgres = await startEmbedded(directory, {
    log,
    settings: { fsync: "on", synchronous_commit: "on" },
  });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  const { rows } = await admin.query("select current_setting('server_version') as version");
  const redisServer = redis ? await startRedis(path.join(`${directory}-redis-${process.pid}`)) : null;
  if (redis && !redisServer) log("no redis-server on the PATH: BullMQ is left out");
  const made = new Set<string>();
  return {
    postgresVersion: rows[0].version,
    redisVersion: redisServer?.version ?? null,
    async fresh(system) {
      if (system === "bullmq") return redisServer && { url: redisServer.url, serverPid: redisServer.pid };
      const name = `bench_${system.replaceAll("-", "_")}_${process.pid}`;
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`create database ${name}`);
      made.add(name);
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      return { url: url.href, serverPid: postgres.pid };
    },
    async close() {
      await redisServer?.stop();
      for (const name of made) await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      if (!postgres.reused) await postgres.stop();
    },
  };
}
