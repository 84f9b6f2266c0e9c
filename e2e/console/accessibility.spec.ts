import { globSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { until } from "../testing/until.ts";
import { expect, test } from "./console-test.ts";

const themes = ["dark", "light"] as const;
const widths = [1440, 1024, 360];
/** Dark on a wide screen and light on a phone: each theme and each layout once a page. */
const examined = [
  { width: 1440, colorScheme: "dark" },
  { width: 360, colorScheme: "light" },
] as const;
const loadedMs = 20_000;
const root = path.resolve(import.meta.dirname, "../../app/(console)");
const routes = globSync("**/page.tsx", { cwd: root }).map((file) =>
  `/${path.dirname(file)}`.replace("/.", "/"),
);

/** Pages have nothing to do with each other here, so the file is shared out between the workers. */
test.describe.configure({ mode: "parallel" });

/**
 * What axe finds against any of its rules. It runs in the page alone ("legacy"), which finds the same where there are no
 * frames and spares a blank page for each look.
 */
async function violationsOf(page: Page): Promise<string[]> {
  expect(page.frames(), "a frame would not be looked at").toHaveLength(1);
  // An open menu stands over the page, in none of its regions.
  const hasMenu = (await page.getByRole("menu").count()) > 0;
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .disableRules(hasMenu ? ["region"] : [])
    .analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

/** Looks at the open page in both themes and at every width, once nothing stands for what is still to come. */
async function expectSound(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached({ timeout: loadedMs });
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0, { timeout: loadedMs });
  await expect(page.locator("h1")).toHaveCount(1);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(over, `${width} px: nothing runs over the side`).toBeLessThanOrEqual(0);
    for (const { colorScheme } of examined.filter((each) => each.width === width)) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
      expect.soft(await violationsOf(page), `${page.url()}, ${colorScheme}, ${width} px`).toEqual([]);
    }
  }
}

/** Every route of the console with what it shows; a route that is missing here fails the first test. */
const pages: Record<string, readonly string[]> = {
  "/": ["/"],
  "/alerts": ["/alerts", "/alerts?view=past", "/alerts?kind=overdue&objectKind=queue&objectId=none"],
  "/queues": ["/queues", "/queues?q=nothing-is-called-so"],
  "/queues/[name]": ["/queues/e2e", "/queues/nothing-is-called-so"],
  "/jobs": ["/jobs", "/jobs?q=state%3Adead", "/jobs?q=tag%3Anone", "/jobs?q=state%3Adaed"],
  "/jobs/[jobId]": ["/jobs/1"],
  "/definitions": ["/definitions", "/definitions?q=nothing-is-called-so"],
  "/definitions/[name]": [
    "/definitions/e2e-guarded",
    "/definitions/e2e-guarded?tab=edit",
    "/definitions/e2e-guarded?tab=test",
    "/definitions/e2e-guarded?tab=versions",
    "/definitions/nothing-is-called-so",
  ],
  "/failures": ["/failures", "/failures?state=ignored"],
  "/failures/[fingerprint]": ["/failures/0000000000000000"],
  "/dead-letter": ["/dead-letter"],
  "/rules": ["/rules", "/rules?tab=built-in", "/rules?tab=versions"],
  "/policies": ["/policies"],
  "/policies/[name]": ["/policies/default", "/policies/nothing-is-called-so"],
  "/priorities": ["/priorities"],
  "/dependencies": ["/dependencies"],
  "/dependencies/[name]": [
    "/dependencies/e2e-service",
    "/dependencies/e2e-service?tab=settings",
    "/dependencies/nothing-is-called-so",
  ],
  "/automation": ["/automation", "/automation?kind=nothing-is-called-so"],
  "/workers": ["/workers"],
  "/workers/[id]": ["/workers/1", "/workers/999999999"],
  "/bulk": ["/bulk"],
  "/bulk/[operationId]": ["/bulk/1"],
  "/audit": ["/audit", "/audit?q=nothing-was-said-so"],
  "/settings": ["/settings"],
  "/settings/people": ["/settings/people"],
  "/settings/tokens": ["/settings/tokens"],
  "/settings/redaction": ["/settings/redaction"],
  "/settings/retention": ["/settings/retention"],
  "/settings/storage": ["/settings/storage"],
  "/settings/scaling": ["/settings/scaling"],
  "/settings/alerts": ["/settings/alerts"],
  "/settings/webhooks": ["/settings/webhooks"],
};

test("every page of the console is looked at", () => {
  expect(Object.keys(pages).sort()).toEqual(routes.sort());
});

for (const [route, addresses] of Object.entries({ ...pages, "no page": ["/no-such-page"] })) {
  test(`${route} violates no rule of accessibility in either theme at any width`, async ({ page }) => {
    test.setTimeout(40_000 * addresses.length);
    for (const address of addresses) {
      await page.goto(address);
      await expectSound(page);
    }
  });
}

test("a job, its failure group, its worker and a bulk operation violate none either", async ({
  page,
  producer,
  database,
}) => {
  test.setTimeout(160_000);
  const { id } = await producer.enqueue("e2e-refuse", { text: "axe" });
  const group = await until("the failure is counted", async () => {
    const { rows } = await database.query<{ fingerprint: string }>(
      "select d.fingerprint from signalbox.dead d join signalbox.failure_groups using (fingerprint) where d.id = $1",
      [id],
    );
    return rows[0]?.fingerprint;
  });
  await page.goto(`/jobs/${id}`);
  await expect(page.getByText("Attempt 1 failed")).toBeVisible({ timeout: loadedMs });
  await expectSound(page);
  await page.goto(`/failures/${group}`);
  await expectSound(page);
  const { rows } = await database.query<{ id: string }>(
    "select id::text from signalbox.workers order by started_at limit 1",
  );
  await page.goto(`/workers/${rows[0]?.id}`);
  await expectSound(page);
  await page.goto("/jobs?q=state%3Adead");
  await page.getByRole("checkbox").nth(0).check();
  await expectSound(page);
});

/** A dialog and the way to it. */
const dialogs: readonly { name: string; at: string; open: (page: Page) => Promise<void> }[] = [
  { name: "palette", at: "/", open: (page) => page.keyboard.press("Control+k") },
  { name: "shortcuts", at: "/", open: (page) => page.keyboard.press("?") },
  { name: "display", at: "/", open: (page) => page.getByRole("button", { name: "Display" }).click() },
  { name: "person", at: "/", open: (page) => page.getByRole("button", { name: /^You:/ }).click() },
  { name: "pause", at: "/queues/e2e", open: (page) => page.getByRole("button", { name: "Pause" }).click() },
  {
    name: "limits",
    at: "/queues/e2e",
    open: (page) => page.getByRole("button", { name: "Edit limits" }).click(),
  },
  {
    name: "new policy",
    at: "/policies",
    open: (page) => page.getByRole("button", { name: "New policy" }).click(),
  },
  {
    name: "rule",
    at: "/rules",
    open: (page) => page.getByRole("button", { name: "Add a rule" }).first().click(),
  },
  {
    name: "invite",
    at: "/settings/people",
    open: (page) => page.getByRole("button", { name: "Invite" }).click(),
  },
  {
    name: "token",
    at: "/settings/tokens",
    open: (page) => page.getByRole("button", { name: "Make a token" }).click(),
  },
  { name: "columns", at: "/jobs", open: (page) => page.getByRole("button", { name: "Columns" }).click() },
];

for (const { name, at, open } of dialogs) {
  test(`the ${name} dialog violates no rule of accessibility in either theme, wide and narrow`, async ({
    page,
  }) => {
    test.slow();
    await page.goto(at);
    await expect(page.getByText(/live/).first()).toBeVisible({ timeout: loadedMs });
    await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0, { timeout: loadedMs });
    const shown = page.locator("[role=dialog], [role=menu]").first();
    // The page listens a moment after it is drawn.
    await expect(async () => {
      if (!(await shown.isVisible())) await open(page);
      await expect(shown).toBeVisible({ timeout: 1_000 });
    }).toPass();
    for (const { width, colorScheme } of examined) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect.soft(await violationsOf(page), `${colorScheme}, ${width} px`).toEqual([]);
    }
  });
}

test("the dialogs that ask for a reason and that start a bulk operation violate none either", async ({
  page,
  producer,
}) => {
  test.slow();
  const runAt = new Date(Date.now() + 3_600_000);
  const { id } = await producer.enqueue("e2e-echo", { text: "axe" }, { runAt, tags: ["axe"] });
  await producer.enqueue("e2e-echo", { text: "axe" }, { runAt, tags: ["axe"] });
  await page.goto(`/jobs/${id}`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Cancel 1 job" }).click();
  await expect(page.getByText("Say why in a few words.")).toBeVisible();
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page), colorScheme).toEqual([]);
  }
  await page.goto("/jobs?q=tag%3Aaxe");
  for (const place of [0, 1]) await page.getByRole("row").getByRole("checkbox").nth(place).check();
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog")).toBeVisible();
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page), colorScheme).toEqual([]);
  }
});

test.describe("somebody who comes in", () => {
  test.use({ role: null });

  for (const address of ["/sign-in", `/invite/${"A".repeat(43)}`, `/setup/${"A".repeat(43)}`]) {
    test(`finds ${address.slice(0, 9)} without a violation`, async ({ page }) => {
      await page.goto(address);
      await expectSound(page);
    });
  }
});
