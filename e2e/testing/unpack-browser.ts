import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";

export interface UnpackedBrowser {
  executablePath: string;
  /** What its process needs beside the environment of this one. */
  environment?: Record<string, string>;
}

const require = createRequire(import.meta.url);
/** What the packaged Chromium needs of the system beside libc; the package brings it for systems without. */
const neededLibraries = ["libnss3.so", "libnspr4.so", "libexpat.so.1"];
const libraryFolders = [
  "/lib/x86_64-linux-gnu",
  "/usr/lib/x86_64-linux-gnu",
  "/lib64",
  "/usr/lib64",
  "/usr/lib",
];

/**
 * The Chromium of `@sparticuz/chromium`, unpacked once for each user and version (about 2 s). It goes to a folder of
 * its own that gets its name when it is whole, so a killed run leaves nothing half made. Null where the package has no
 * browser for this machine.
 */
export async function unpackBrowser(): Promise<UnpackedBrowser | null> {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const packaged = path.dirname(path.dirname(require.resolve("@sparticuz/chromium")));
  const { version } = require(path.join(packaged, "package.json")) as { version: string };
  const { uid } = userInfo();
  const folder = path.join(tmpdir(), `signalbox-chromium-${version}-${uid}`);
  if (!existsSync(folder)) await unpackTo(folder, path.join(packaged, "bin"));
  if (statSync(folder).uid !== uid) throw new Error(`${folder} belongs to another user: delete it`);
  const environment: Record<string, string> = {};
  if (!neededLibraries.every(onSystem)) environment.LD_LIBRARY_PATH = path.join(folder, "al2023", "lib");
  if (!existsSync("/etc/fonts/fonts.conf")) environment.FONTCONFIG_PATH = path.join(folder, "fonts");
  return { executablePath: path.join(folder, "chromium"), environment };
}

function onSystem(library: string): boolean {
  return libraryFolders.some((folder) => existsSync(path.join(folder, library)));
}

async function unpackTo(folder: string, archives: string): Promise<void> {
  const partial = mkdtempSync(`${folder}.`);
  const usual = process.env.TMPDIR;
  // The package writes to the temporary folder and nowhere else.
  process.env.TMPDIR = partial;
  try {
    const { default: packaged, inflate } = await import("@sparticuz/chromium");
    await packaged.executablePath(archives);
    await inflate(path.join(archives, "al2023.tar.br"));
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another run was quicker: its browser is as good.
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
