import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readPeerVersions } from "./environment.ts";

/**
 * Install the peers into `bench/node_modules` on first use, and again when a version in `bench/package.json` has
 * moved. They are kept out of the product's own lock: one of them only installs with an override.
 */
export function installPeers(directory: string, log: (message: string) => void): void {
  const manifest = JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const installed = readPeerVersions(directory);
  const wanted = Object.entries(manifest.dependencies);
  if (wanted.every(([name, version]) => installed[name] === version)) return;
  log(
    `installing ${wanted.map(([name, version]) => `${name} ${version}`).join(", ")} into bench/node_modules (first use)`,
  );
  try {
    execFileSync("npm", ["install", "--no-package-lock", "--no-fund", "--no-audit", "--loglevel=error"], {
      cwd: directory,
      stdio: ["ignore", 2, 2],
    });
  } catch (cause) {
    throw new Error(
      "the peers could not be installed: run `npm install` in bench/ and look at its messages",
      {
        cause,
      },
    );
  }
}
