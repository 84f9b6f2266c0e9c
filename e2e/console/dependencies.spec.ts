import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { callProcedure } from "./call-procedure.ts";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;
const dependency = "e2e-flaky-service";
const settingsOfDependency = `
  select version, coalesce((settings->>'minimumCalls')::int, 20) as calls,
         coalesce((settings->>'consecutiveFailures')::int, 5) as "inARow"
  from signalbox.dependencies where name = $1`;

// A slow machine waits for an outage, a release and a feed one after the other.
test.describe.configure({ timeout: 90_000 });

/** Each try begins with breakers that nobody forced and that remember nothing. */
test.beforeEach(async ({ consoleUrl, resident }) => {
  const door = { baseUrl: consoleUrl, visitor: await resident("operator") };
  const reason = "a test begins";
  for (const name of [dependency, "e2e-quotes"]) {
    expect((await callProcedure(door, "dependencies.force", { name, forced: null, reason })).ok).toBe(true);
    expect((await callProcedure(door, "dependencies.reset", { name, reason })).ok).toBe(true);
  }
});

test("a dependency whose jobs fail opens by itself, holds them, is forced closed with a reason, and the feed tells all of it", async ({
  page,
  producer,
  database,
}) => {
  const directory = mkdtempSync(path.join(tmpdir(), "signalbox-e2e-outage-"));
  const file = path.join(directory, "down");
  writeFileSync(file, "");
  const jobs = await Promise.all(
    Array.from({ length: 12 }, () => producer.enqueue("e2e-call-flaky", { file })),
  );
  try {
    await page.goto("/dependencies");
    const row = page.getByRole("row").filter({ hasText: dependency });
    await expect(row).toContainText(/open/, { timeout: settledMs });
    await expect(page.getByRole("link", { name: /^Dependencies/ }).first()).toContainText(/\d/, {
      timeout: settledMs,
    });
    await row.getByRole("link", { name: dependency }).click();

    await expect(page.getByText(/open since/i).first()).toBeVisible({ timeout: settledMs });
    await expect(page.getByText(/\d+ jobs? held, attempts untouched/).first()).toBeVisible({
      timeout: settledMs,
    });
    await expect(page.getByRole("table", { name: "Who is held" })).toContainText("e2e-call-flaky");
    const feed = page.getByRole("region", { name: "What Signalbox did" });
    await expect(feed).toContainText("opened the breaker", { timeout: settledMs });
    await expect(feed).toContainText("failed in a row");

    rmSync(file);
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: `Force the breaker of ${dependency} closed` });
    await dialog.getByRole("button", { name: "Force closed" }).click();
    await expect(dialog.getByText("Say why in a few words.")).toBeVisible();
    await dialog.getByLabel("Reason").fill("their status page says it is back");
    await dialog.getByLabel("For").selectOption("1 h");
    await dialog.getByRole("button", { name: "Force closed" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(/^Forced closed since/)).toBeVisible({ timeout: settledMs });
    await expect(
      page.getByText(/decides again by itself at \d\d:\d\d:\d\d \(in (59 min|1 h)\)/),
    ).toBeVisible();
    await expect
      .poll(
        async () =>
          (
            await database.query("select from signalbox.completed where id = any($1)", [
              jobs.map(({ id }) => id),
            ])
          ).rowCount,
        { timeout: settledMs },
      )
      .toBe(jobs.length);
    await expect(page.getByRole("region", { name: "Who changed it" })).toContainText(
      "their status page says it is back",
      { timeout: settledMs },
    );

    await page.goto("/automation?kind=breaker-opened");
    const act = page
      .getByRole("table", { name: "Automatic acts, newest first" })
      .getByRole("row")
      .filter({ hasText: dependency })
      .first();
    await expect(act).toContainText("failed in a row");
    await act.getByRole("link", { name: `dependency ${dependency}` }).click();
    await page.getByRole("button", { name: "Let the policy decide" }).click();
    const back = page.getByRole("dialog", { name: `Let the policy decide about ${dependency}` });
    await back.getByLabel("Reason").fill("the test is over");
    await back.getByRole("button", { name: "Let the policy decide" }).click();
    await expect(page.getByText(/^Closed: it takes calls/)).toBeVisible({ timeout: settledMs });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test("settings are saved with a reason, wrong ones name their field, and a second editor is told", async ({
  page,
  producer,
  consoleUrl,
  visitor,
  database,
}) => {
  await producer.enqueue("e2e-call-flaky", { file: "/nowhere" });
  await page.goto(`/dependencies/${dependency}?tab=settings`);
  const least = page.getByLabel("Calls it is judged by");
  await least.fill("3");
  await expect(page.getByText("is at least 5: fewer tell nothing")).toBeVisible();
  // Other figures than the stored ones, whatever a try before this one has saved.
  const { rows: stored } = await database.query(settingsOfDependency, [dependency]);
  const [before] = stored;
  const wanted = { calls: before.calls + 20, inARow: before.inARow + 2 };
  await least.fill(String(wanted.calls));
  const { cookie } = await visitor("operator");
  const other = await page.context().browser()?.newContext({ baseURL: consoleUrl });
  await other?.addCookies([{ ...cookie, url: consoleUrl }]);
  const second = await other?.newPage();
  await second?.goto(`/dependencies/${dependency}?tab=settings`);
  await second?.getByLabel("Failures in a row").fill(String(wanted.inARow));
  await second?.getByRole("tabpanel").getByRole("button", { name: "Save settings" }).click();
  await second?.getByLabel("Reason").fill("five is too quick");
  await second?.getByRole("dialog").getByRole("button", { name: "Save settings" }).click();
  await expect(
    second?.getByText(`The settings of ${dependency} are saved`) ?? page.locator("x"),
  ).toBeVisible();
  await other?.close();

  await page.getByRole("tabpanel").getByRole("button", { name: "Save settings" }).click();
  await page.getByLabel("Reason").fill("twenty is too few");
  await page.getByRole("dialog").getByRole("button", { name: "Save settings" }).click();
  const conflict = page.getByRole("dialog", { name: `${dependency} was changed while you edited it` });
  await conflict.getByRole("button", { name: "Use this choice" }).click();
  await page.getByRole("tabpanel").getByRole("button", { name: "Save settings" }).click();
  await page.getByLabel("Reason").fill("twenty is too few");
  await page.getByRole("dialog").getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText(`The settings of ${dependency} are saved`)).toBeVisible();
  const { rows } = await database.query(settingsOfDependency, [dependency]);
  expect(rows).toEqual([{ version: before.version + 2, ...wanted }]);
});

test("a job that a breaker holds runs as the fallback of its definition, and its page and the dependency's say so", async ({
  page,
  producer,
  database,
}) => {
  await page.goto("/dependencies/e2e-quotes");
  await expect(page.getByRole("heading", { level: 1, name: "e2e-quotes" })).toBeVisible();
  await page.keyboard.press("o");
  const force = page.getByRole("dialog", { name: "Force the breaker of e2e-quotes open" });
  await force.getByLabel("Reason").fill("maintenance");
  await force.getByRole("button", { name: "Force open" }).click();
  await expect(page.getByText(/^Forced open since/)).toBeVisible({ timeout: settledMs });
  const { id } = await producer.enqueue("e2e-quote", { text: "hello" });
  await expect
    .poll(
      async () => (await database.query("select from signalbox.completed where id = $1", [id])).rowCount,
      { timeout: settledMs },
    )
    .toBe(1);
  await expect(page.getByRole("table", { name: "Fallbacks" })).toContainText("takes what comes", {
    timeout: settledMs,
  });

  await page.goto(`/jobs/${id}`);
  await expect(
    page.getByText("diverted to e2e-echo because the breaker of e2e-quotes is open"),
  ).toBeVisible();
  await expect(page.getByText("diverted from")).toBeVisible();
  await page.getByRole("link", { name: "e2e-quote", exact: true }).click();
  await expect(page.getByText("let the fallback run jobs").first()).toBeVisible({ timeout: settledMs });

  await page.goto("/dependencies/e2e-quotes");
  await expect(page.getByRole("heading", { level: 1, name: "e2e-quotes" })).toBeVisible();
  await page.keyboard.press("p");
  const back = page.getByRole("dialog", { name: "Let the policy decide about e2e-quotes" });
  await back.getByLabel("Reason").fill("the test is over");
  await back.getByRole("button", { name: "Let the policy decide" }).click();
  await expect(back).toBeHidden();
});
