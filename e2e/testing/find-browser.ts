import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { type UnpackedBrowser, unpackBrowser } from "./unpack-browser.ts";

export interface Browser extends UnpackedBrowser {
  /** Where it was found, for the log. */
  origin: "CHROMIUM_PATH" | "Playwright" | "system" | "package";
}

export interface BrowserSources {
  environment: Readonly<Record<string, string | undefined>>;
  exists: (file: string) => boolean;
  /** The file of Playwright's own download, whether or not it was ever downloaded. */
  playwrightPath: () => string;
  unpack: () => Promise<UnpackedBrowser | null>;
}

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const realSources: BrowserSources = {
  environment: process.env,
  exists: existsSync,
  playwrightPath: () => chromium.executablePath(),
  unpack: unpackBrowser,
};

/**
 * A Chromium to test in, so that `npm test` needs no manual step: `CHROMIUM_PATH`, Playwright's own when it was
 * downloaded, the system's, and at last the one that came with `npm ci` (Linux on x64 only). `BROWSER=package` takes that
 * last one straight away. Throws with the line to type when there is none.
 */
export async function findBrowser(sources: BrowserSources = realSources): Promise<Browser> {
  const { environment, exists } = sources;
  const given = environment.CHROMIUM_PATH;
  if (given) {
    if (!exists(given)) throw new Error(`CHROMIUM_PATH is ${given}, but there is no such file`);
    return { executablePath: given, origin: "CHROMIUM_PATH" };
  }
  if (environment.BROWSER !== "package") {
    const own = sources.playwrightPath();
    if (own && exists(own)) return { executablePath: own, origin: "Playwright" };
    const system = systemPaths.find(exists);
    if (system) return { executablePath: system, origin: "system" };
  }
  const unpacked = await sources.unpack();
  if (unpacked) return { ...unpacked, origin: "package" };
  throw new Error(
    "no Chromium found to test in: run `apt-get update && apt-get install -y --no-install-recommends chromium`, " +
      "or set CHROMIUM_PATH to the file of one",
  );
}
