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

/** Which browser is taken where there are several: the machine's, or the one that came with `npm ci`. */
export type BrowserPreference = "machine" | "package";

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
 * downloaded, the system's, and at last the one that came with `npm ci` (Linux on x64 only). With `preferred` or `BROWSER`
 * of `package` that last one comes before all but `CHROMIUM_PATH`: it is the same on every machine, and being Chromium's
 * headless shell it takes less than half the processor time for a page. Throws with the line to type when there is none.
 */
export async function findBrowser(
  preferred: BrowserPreference = "machine",
  sources: BrowserSources = realSources,
): Promise<Browser> {
  const { environment, exists } = sources;
  const given = environment.CHROMIUM_PATH;
  if (given) {
    if (!exists(given)) throw new Error(`CHROMIUM_PATH is ${given}, but there is no such file`);
    return { executablePath: given, origin: "CHROMIUM_PATH" };
  }
  const ofMachine = () => findOnMachine(sources);
  const ofPackage = () => findInPackage(sources);
  const packageFirst = preferred === "package" || environment.BROWSER === "package";
  for (const find of packageFirst ? [ofPackage, ofMachine] : [ofMachine, ofPackage]) {
    const found = await find();
    if (found) return found;
  }
  throw new Error(
    "no Chromium found to test in: run `apt-get update && apt-get install -y --no-install-recommends chromium`, " +
      "or set CHROMIUM_PATH to the file of one",
  );
}

async function findOnMachine({ exists, playwrightPath }: BrowserSources): Promise<Browser | null> {
  const own = playwrightPath();
  if (own && exists(own)) return { executablePath: own, origin: "Playwright" };
  const system = systemPaths.find(exists);
  return system ? { executablePath: system, origin: "system" } : null;
}

async function findInPackage({ unpack }: BrowserSources): Promise<Browser | null> {
  const unpacked = await unpack();
  return unpacked && { ...unpacked, origin: "package" };
}
