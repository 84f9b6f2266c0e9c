import { globSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { hostileStrings } from "../testing/hostile-strings.ts";
import { expect, test } from "./console-test.ts";
import { type Call, type Poisoned, poison, poisonedName } from "./poison.ts";

const root = path.resolve(import.meta.dirname, "../../app/(console)");
const routes = globSync("**/page.tsx", { cwd: root }).map((file) =>
  `/${path.dirname(file)}`.replace("/.", "/"),
);
const name = encodeURIComponent(poisonedName);

/** Some of many: the first, the last and a few between. */
function some<T>(of: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(of.length / count));
  return of.filter((_, index) => index % step === 0 || index === of.length - 1);
}

/** The addresses of each route, with what was poisoned. A route that is missing here fails the test. */
function addresses(poisoned: Poisoned): Record<string, readonly string[]> {
  const { jobIds, fingerprints, workerIds, operationId } = poisoned;
  const text = encodeURIComponent(hostileStrings[0] ?? "");
  return {
    "/": ["/"],
    "/queues": ["/queues", `/queues?q=${text}`],
    "/queues/[name]": ["/queues/e2e-hostile", `/queues/${text}`],
    "/jobs": [
      "/jobs?q=definition%3Ae2e-hostile",
      "/jobs?q=definition%3Ae2e-hostile&cols=id,correlation,tags,payload.text,payload.__proto__",
      `/jobs?q=${text}`,
      `/jobs?tag=${text}`,
      `/jobs?q=${encodeURIComponent("\u202e__proto__:constructor")}`,
    ],
    "/jobs/[jobId]": [...some(jobIds, 6), ...jobIds.slice(0, 3), "1"].map((id) => `/jobs/${id}`),
    "/definitions": ["/definitions", `/definitions?q=${text}`],
    "/definitions/[name]": ["", "?tab=edit", "?tab=test", "?tab=versions"].map(
      (tab) => `/definitions/${name}${tab}`,
    ),
    "/failures": ["/failures", "/failures?state=resolved"],
    "/failures/[fingerprint]": some(fingerprints, 5).map((print) => `/failures/${print}`),
    "/dead-letter": ["/dead-letter"],
    "/rules": ["/rules", "/rules?tab=versions"],
    "/policies": ["/policies"],
    "/policies/[name]": [`/policies/${name}`],
    "/priorities": ["/priorities"],
    "/workers": ["/workers"],
    "/workers/[id]": some(workerIds, 3).map((id) => `/workers/${id}`),
    "/bulk": ["/bulk"],
    "/bulk/[operationId]": [`/bulk/${operationId}`],
    "/audit": ["/audit", `/audit?q=${text}`],
    "/settings": ["/settings"],
    "/settings/people": ["/settings/people"],
    "/settings/tokens": ["/settings/tokens"],
    "/settings/redaction": ["/settings/redaction"],
    "/settings/retention": ["/settings/retention"],
  };
}

/** Whatever would show that text was taken for something else. */
async function symptoms(page: Page): Promise<string[]> {
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

test("hostile text is text and nothing else, in every field and on every page", async ({
  page,
  producer,
  database,
  resident,
  baseURL: given,
}) => {
  test.setTimeout(240_000);
  const baseURL = given ?? "";
  const { cookie } = await resident("admin");
  const headers = {
    "content-type": "application/json",
    origin: baseURL,
    cookie: `${cookie.name}=${cookie.value}`,
  };
  const call: Call = async (procedure, input) => {
    const reads = /\.(get|general)$/.test(procedure);
    const query = reads ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
    const answer = await fetch(`${baseURL}/api/trpc/${procedure}${query}`, {
      headers,
      ...(reads ? {} : { method: "POST", body: JSON.stringify(input) }),
    });
    const { result, error } = (await answer.json()) as {
      result?: { data: unknown };
      error?: { data: { code: string } };
    };
    return error ? { ok: false, code: error.data.code } : { ok: true, data: result?.data };
  };

  const wrong: string[] = [];
  let at = "";
  page.on("dialog", (dialog) => {
    wrong.push(`${at}: a dialog says ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL) && !request.url().startsWith("blob:"))
      wrong.push(`${at}: asks for ${request.url().slice(0, 100)}`);
  });
  page.on("pageerror", (error) => wrong.push(`${at}: ${error.message.slice(0, 300)}`));
  page.on("popup", (popup) => wrong.push(`${at}: opens ${popup.url()}`));

  const poisoned = await poison({ database, producer, call });
  try {
    const places = addresses(poisoned);
    expect(Object.keys(places).sort()).toEqual(routes.sort());
    for (const address of Object.values(places).flat()) {
      at = address;
      const answer = await page.goto(address, { waitUntil: "domcontentloaded" });
      if (answer?.status() !== 200) wrong.push(`${at}: answers ${answer?.status()}`);
      await expect(page.getByRole("heading", { level: 1 }).first(), at).toBeAttached({ timeout: 20_000 });
      await expect(page.getByRole("status", { name: "Loading" }), at).toHaveCount(0, { timeout: 20_000 });
      if (await page.getByText("This page could not be drawn").count()) wrong.push(`${at}: is not drawn`);
      for (const width of [1440, 360]) {
        await page.setViewportSize({ width, height: 800 });
        for (const symptom of await symptoms(page)) wrong.push(`${at}, ${width} px: ${symptom}`);
      }
      if (!page.url().startsWith(baseURL)) wrong.push(`${at}: went to ${page.url()}`);
    }
  } finally {
    await poisoned.clean();
  }
  expect(wrong).toEqual([]);
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
