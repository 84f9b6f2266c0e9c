import { globSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { hostileStrings } from "../testing/hostile-strings.ts";
import { expect, test } from "./console-test.ts";
import { type Call, type Poisoned, poison } from "./poison.ts";

const root = path.resolve(import.meta.dirname, "../../app/(console)");
const routes = globSync("**/page.tsx", { cwd: root }).map((file) =>
  `/${path.dirname(file)}`.replace("/.", "/"),
);
const baseUrl = () => process.env.E2E_BASE_URL ?? "";
const text = encodeURIComponent(hostileStrings[0] ?? "");
const ofHostile = `q=${encodeURIComponent("definition:e2e-hostile")}`;
const drawnMs = 15_000;

/** Some of many: the first, the last and a few between. */
function some<T>(of: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(of.length / count));
  return of.filter((_, index) => index % step === 0 || index === of.length - 1);
}

/** Where each route of the console shows what was poisoned. */
const places: Record<string, (poisoned: Poisoned) => readonly string[]> = {
  "/": () => ["/"],
  "/alerts": () => ["/alerts", `/alerts?objectKind=queue&objectId=${text}`],
  "/queues": () => ["/queues", `/queues?q=${text}`],
  "/queues/[name]": () => ["/queues/e2e-hostile", `/queues/${text}`],
  "/jobs": () => [
    `/jobs?${ofHostile}`,
    `/jobs?${ofHostile}&cols=id,correlation,tags,payload.text,payload.__proto__`,
    `/jobs?q=${text}`,
    `/jobs?tag=${text}`,
    `/jobs?q=${encodeURIComponent("\u202e__proto__:constructor")}`,
  ],
  "/jobs/[jobId]": ({ jobIds }) => [...some(jobIds, 5), ...jobIds.slice(0, 3)].map((id) => `/jobs/${id}`),
  "/definitions": () => ["/definitions", `/definitions?q=${text}`],
  "/definitions/[name]": ({ name }) =>
    ["", "?tab=edit", "?tab=test", "?tab=versions"].map((tab) => `/definitions/${name}${tab}`),
  "/failures": () => ["/failures", "/failures?state=resolved"],
  "/failures/[fingerprint]": ({ fingerprints }) => some(fingerprints, 4).map((print) => `/failures/${print}`),
  "/dead-letter": () => ["/dead-letter"],
  "/rules": () => ["/rules", "/rules?tab=versions"],
  "/policies": () => ["/policies"],
  "/policies/[name]": ({ name }) => [`/policies/${name}`],
  "/priorities": () => ["/priorities"],
  "/dependencies": () => ["/dependencies"],
  "/dependencies/[name]": () => ["/dependencies/e2e-service", `/dependencies/${text}`],
  "/automation": () => ["/automation", `/automation?of=queue&object=${text}&kind=${text}`],
  "/workers": () => ["/workers"],
  "/workers/[id]": ({ workerIds }) => some(workerIds, 2).map((id) => `/workers/${id}`),
  "/bulk": () => ["/bulk"],
  "/bulk/[operationId]": ({ operationId }) => [`/bulk/${operationId}`],
  "/audit": () => ["/audit", `/audit?q=${text}`],
  "/settings": () => ["/settings"],
  "/settings/people": () => ["/settings/people"],
  "/settings/tokens": () => ["/settings/tokens"],
  "/settings/redaction": () => ["/settings/redaction"],
  "/settings/retention": () => ["/settings/retention"],
  "/settings/storage": () => ["/settings/storage"],
  "/settings/scaling": () => ["/settings/scaling"],
  "/settings/alerts": () => ["/settings/alerts"],
  "/settings/webhooks": () => ["/settings/webhooks"],
};

/** Whatever would show that text was taken for something else. */
function symptoms(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if ("__pwned" in window || "__pwned" in {}) found.push("a script ran");
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]"))
      if (!["http:", "https:", "mailto:"].includes(link.protocol)) found.push(`a link to ${link.href}`);
    const strange =
      "img[src=x], svg[onload], iframe, base, [onmouseover], [ontoggle], [onbegin], form[action*=evil], link[href*=evil], meta[http-equiv=refresh]";
    for (const element of document.querySelectorAll(strange)) found.push(element.outerHTML.slice(0, 100));
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) found.push(`${over} px run over the side`);
    return found;
  });
}

test.describe("hostile text in every field is text and nothing else", () => {
  let poisoned: Poisoned | undefined;

  test.beforeAll(async ({ database, producer, resident }) => {
    test.setTimeout(120_000);
    const { cookie } = await resident("admin");
    const headers = {
      "content-type": "application/json",
      origin: baseUrl(),
      cookie: `${cookie.name}=${cookie.value}`,
    };
    const call: Call = async (procedure, input) => {
      const reads = /\.(get|general)$/.test(procedure);
      const query = reads ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
      const answer = await fetch(`${baseUrl()}/api/trpc/${procedure}${query}`, {
        headers,
        ...(reads ? {} : { method: "POST", body: JSON.stringify(input) }),
      });
      const { result, error } = (await answer.json()) as {
        result?: { data: unknown };
        error?: { data: { code: string } };
      };
      return error ? { ok: false, code: error.data.code } : { ok: true, data: result?.data };
    };
    poisoned = await poison({ database, producer, call });
  });

  test.afterAll(() => poisoned?.clean());

  test("every page of the console is looked at", () => {
    expect(Object.keys(places).sort()).toEqual(routes.sort());
  });

  for (const [route, addresses] of Object.entries(places))
    test(`on ${route}`, async ({ page }) => {
      test.setTimeout(150_000);
      const wrong: string[] = [];
      let at = "";
      page.on("dialog", (dialog) => {
        wrong.push(`${at}: a dialog says ${dialog.message()}`);
        dialog.dismiss().catch(() => undefined);
      });
      page.on("request", (request) => {
        if (!request.url().startsWith(baseUrl()) && !request.url().startsWith("blob:"))
          wrong.push(`${at}: asks for ${request.url().slice(0, 100)}`);
      });
      page.on("popup", (popup) => wrong.push(`${at}: opens ${popup.url()}`));
      for (const address of poisoned ? addresses(poisoned) : []) {
        at = address;
        const answer = await page.goto(address, { waitUntil: "domcontentloaded" });
        if (answer?.status() !== 200) wrong.push(`${at}: answers ${answer?.status()}`);
        const heading = page.getByRole("heading", { level: 1 }).first();
        await expect.soft(heading, at).toBeAttached({ timeout: drawnMs });
        const loading = page.getByRole("status", { name: "Loading" });
        await expect.soft(loading, at).toHaveCount(0, { timeout: drawnMs });
        if (await page.getByText("This page could not be drawn").count()) wrong.push(`${at}: is not drawn`);
        for (const width of [1440, 360]) {
          await page.setViewportSize({ width, height: 800 });
          for (const symptom of await symptoms(page)) wrong.push(`${at}, ${width} px: ${symptom}`);
        }
        if (!page.url().startsWith(baseUrl())) wrong.push(`${at}: went to ${page.url()}`);
      }
      expect(wrong).toEqual([]);
    });
});

test("what turns or hides text is shown as its code point, and a payload 10,000 deep can be read as text", async ({
  page,
  producer,
  database,
}) => {
  test.slow();
  const { id } = await producer.enqueue("e2e-refuse", { text: "invoice\u202egpj.exe" });
  await page.goto(`/jobs/${id}`);
  const attempts = page.getByRole("region", { name: "Attempts" });
  await expect(attempts).toContainText("no account is named invoice⟨U+202E⟩gpj.exe", { timeout: 20_000 });
  const depth = 10_000;
  const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`;
  await database.query("update signalbox.jobs set payload = $2::json where id = $1", [id, nested]);
  await page.reload();
  const payload = page.getByRole("region", { name: "Payload" });
  await payload.getByRole("button", { name: "Text" }).click();
  await expect(payload).toContainText("[[[[[[[[");
});
