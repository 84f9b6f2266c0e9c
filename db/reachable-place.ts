import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";

/** Who Postgres runs as; both undefined: as this process does. */
export interface PostgresUser {
  uid?: number;
  gid?: number;
}

/** Where a place stands in for one that the user of Postgres may not enter. */
const standIn = "/var/lib/signalbox";

/**
 * Whether the user may enter a directory and every one above it, as far as they exist. The home directory of root,
 * say, is closed to everybody else.
 */
export function isReachable(user: PostgresUser, directory: string): boolean {
  if (user.uid === undefined) return true;
  for (let place = path.resolve(directory); ; place = path.dirname(place)) {
    if (existsSync(place)) {
      const { mode, uid, gid } = statSync(place);
      const mayEnter = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
      if (mayEnter === 0) return false;
    }
    if (place === path.dirname(place)) return true;
  }
}

/** Where the cluster of `directory` is kept: there, or, when its user could not enter it, in a place known by its path. */
export function reachableDirectory(user: PostgresUser, directory: string): string {
  const place = path.resolve(directory);
  if (isReachable(user, path.dirname(place))) return place;
  return path.join(standIn, `data-${createHash("sha256").update(place).digest("hex").slice(0, 12)}`);
}

/** The program at `file` of the Postgres distribution, or of a copy of it where its user may not enter the original. */
export function reachableProgram(user: PostgresUser, file: string): string {
  if (isReachable(user, path.dirname(file))) return file;
  const distribution = path.dirname(path.dirname(file));
  const packageFile = path.join(path.dirname(distribution), "package.json");
  const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
  const copy = path.join(standIn, `postgres-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(standIn, { recursive: true });
    chmodSync(standIn, 0o755);
    const unfinished = `${copy}.${process.pid}`;
    cpSync(distribution, unfinished, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "a+rX", unfinished]);
    // Another process may have been quicker.
    if (existsSync(copy)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, copy);
  }
  return path.join(copy, path.relative(distribution, file));
}
