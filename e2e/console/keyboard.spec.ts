import { expect, test } from "./console-test.ts";

const inAnHour = () => new Date(Date.now() + 3_600_000);

test("pages, filter, sheet and palette are reached by keys alone", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText(/live/).first()).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/jobs$/);
  const search = page.getByRole("combobox", { name: "Filter jobs" });
  await expect(search).toBeVisible();
  // The page listens a moment after it is drawn.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused({ timeout: 250 });
  }).toPass();
  await page.keyboard.type("gq");
  await expect(page).toHaveURL(/\/jobs$/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeHidden();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Find or go to" }).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("work");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/workers$/);
});

test("the second key of a sequence is of the sequence alone, on pages that have that key for themselves", async ({
  page,
  producer,
}) => {
  await page.addInitScript(() => {
    const seen = window as unknown as { acts: string[] };
    seen.acts = [];
    addEventListener("focusin", ({ target }) => {
      if (target instanceof Element && target.closest("[data-row-id]")) seen.acts.push("walked");
    });
    new MutationObserver((changes) => {
      for (const { target } of changes)
        if (target instanceof Element && target.getAttribute("aria-checked") === "true")
          seen.acts.push("selected");
    }).observe(document, { subtree: true, attributeFilter: ["aria-checked"] });
  });
  const newActs = () => page.evaluate(() => (window as unknown as { acts: string[] }).acts.splice(0));
  const row = page.locator("tr[data-row-id]").first();
  /** The page's own `j`, which also tells that the page listens by now. */
  const walk = () =>
    expect(async () => {
      await page.keyboard.press("j");
      await expect(row.getByRole("link").first()).toBeFocused({ timeout: 250 });
    }).toPass();
  await producer.enqueue("e2e-echo", { text: "sequence" }, { runAt: inAnHour(), tags: ["sequence"] });

  await page.goto("/jobs?tag=sequence");
  await expect(row).toBeVisible();
  await walk();
  await page.keyboard.press("x");
  await expect(row.getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(row.getByRole("checkbox")).not.toBeChecked();
  expect(new Set(await newActs())).toEqual(new Set(["walked", "selected"]));
  await page.keyboard.press("g");
  await page.keyboard.press("x");
  await expect(page).toHaveURL(/\/dead-letter$/);
  expect(await newActs()).toEqual([]);

  await page.keyboard.press("g");
  await page.keyboard.press("q");
  await expect(page).toHaveURL(/\/queues$/);
  await walk();
  expect(await newActs()).toContain("walked");
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/jobs$/);
  expect(await newActs()).toEqual([]);
});

test("rows are walked, selected, acted on and opened by keys, and the focus returns", async ({
  page,
  producer,
}) => {
  for (const text of ["one", "two", "three"]) {
    await producer.enqueue("e2e-echo", { text }, { runAt: inAnHour(), tags: ["keys"] });
  }
  await page.goto("/jobs?tag=keys");
  const rows = page.getByRole("table", { name: "Jobs, newest first" }).locator("tbody tr");
  await expect(rows).toHaveCount(3);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = rows.nth(1).getByRole("link");
  await expect(second).toBeFocused();
  await page.keyboard.press("x");
  await expect(rows.nth(1).getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(rows.nth(1).getByRole("checkbox")).not.toBeChecked();
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await page.keyboard.type("by key");
  await page.keyboard.press("Control+Enter");
  await expect(rows.nth(1)).toContainText("cancelled");
  await expect(second).toBeFocused();
  await page.keyboard.press("r");
  await page.keyboard.press("Control+Enter");
  await expect(rows.nth(1)).not.toContainText("cancelled");
  await expect(second).toBeFocused();
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /e2e-echo/ })).toBeVisible();
});
