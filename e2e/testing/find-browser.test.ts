import { expect, test } from "vitest";
import { type BrowserSources, findBrowser } from "./find-browser.ts";

const playwright = "/cache/playwright/chrome";
const packaged = {
  executablePath: "/tmp/unpacked/chromium",
  environment: { LD_LIBRARY_PATH: "/tmp/unpacked/lib" },
};

function machine(files: string[], environment: Record<string, string> = {}, unpacks = true): BrowserSources {
  return {
    environment,
    exists: (file) => files.includes(file),
    playwrightPath: () => playwright,
    unpack: async () => (unpacks ? packaged : null),
  };
}

test("CHROMIUM_PATH comes before everything else", async () => {
  const sources = machine(["/opt/mine", playwright, "/usr/bin/chromium"], { CHROMIUM_PATH: "/opt/mine" });
  expect(await findBrowser("machine", sources)).toEqual({
    executablePath: "/opt/mine",
    origin: "CHROMIUM_PATH",
  });
});

test("a CHROMIUM_PATH without a file is an error that names it", async () => {
  const sources = machine(["/usr/bin/chromium"], { CHROMIUM_PATH: "/opt/gone" });
  await expect(findBrowser("machine", sources)).rejects.toThrow("CHROMIUM_PATH is /opt/gone");
});

test("Playwright's own download comes before the system's browser", async () => {
  expect(await findBrowser("machine", machine([playwright, "/usr/bin/chromium"]))).toMatchObject({
    origin: "Playwright",
  });
});

test("the system's browser comes before the packaged one", async () => {
  const found = await findBrowser("machine", machine(["/usr/bin/google-chrome"]));
  expect(found).toEqual({ executablePath: "/usr/bin/google-chrome", origin: "system" });
});

test("a machine without a browser gets the packaged one, with the environment it needs", async () => {
  expect(await findBrowser("machine", machine([]))).toEqual({ ...packaged, origin: "package" });
});

test("where the packaged one is preferred it comes first, and the machine's where it has none", async () => {
  const files = [playwright, "/usr/bin/chromium"];
  expect(await findBrowser("package", machine(files))).toMatchObject({ origin: "package" });
  expect(await findBrowser("package", machine(files, {}, false))).toMatchObject({ origin: "Playwright" });
  const given = machine(["/opt/mine"], { CHROMIUM_PATH: "/opt/mine" });
  expect(await findBrowser("package", given)).toMatchObject({ origin: "CHROMIUM_PATH" });
});

test("BROWSER=package passes the system's browser over", async () => {
  const sources = machine([playwright, "/usr/bin/chromium"], { BROWSER: "package" });
  expect(await findBrowser("machine", sources)).toMatchObject({ origin: "package" });
});

test("without any browser the error has the line to type", async () => {
  await expect(findBrowser("machine", machine([], {}, false))).rejects.toThrow(
    "apt-get install -y --no-install-recommends chromium",
  );
});
