import { expect, test } from "./console-test.ts";

test("a job is submitted by a form made from the definition's schema, and a wrong field is named", async ({
  page,
}) => {
  await page.goto("/definitions");
  await page.getByRole("link", { name: "e2e-echo" }).click();
  await expect(page.getByRole("table", { name: "Input" })).toContainText("text");
  await page.getByRole("tab", { name: "Test submit" }).click();
  await page.getByRole("button", { name: "Submit job" }).click();
  await expect(page.getByText("Nothing was done")).toBeVisible();
  await page.getByRole("textbox", { name: "text" }).fill("from the console");
  await page.getByLabel("Priority class").selectOption("high");
  await page.getByRole("button", { name: "Submit job" }).click();
  await expect(page.getByText(/^Job \d+ is submitted$/)).toBeVisible();
  await page.getByRole("link", { name: "Open the job" }).click();
  await expect(page).toHaveURL(/\/jobs\/\d+$/);
  await expect(page.getByRole("heading", { level: 1, name: /e2e-echo/ })).toBeVisible();
});

test("a schema that would refuse what producers send is forced with a reason only", async ({ page }) => {
  await page.goto("/definitions/e2e-narrow?from=");
  const input = page.getByLabel("Input schema (JSON Schema)");
  const save = page
    .getByRole("region", { name: "Unsaved changes" })
    .getByRole("button", { name: /^Save version/ });
  await input.fill('{"type": "object"}');
  await save.click();
  await page.getByRole("dialog").getByRole("button", { name: "Save version 1" }).click();
  await expect(page.getByText("e2e-narrow is at version 1")).toBeVisible();

  await page.getByRole("tab", { name: "Edit" }).click();
  await input.fill('{"type": "object", "required": ["id"]}');
  await save.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save version 2" }).click();
  await expect(dialog.getByText("/id is now required")).toBeVisible();
  await dialog.getByLabel("Reason").fill("every producer sends it");
  await dialog.getByRole("button", { name: "Force it" }).click();
  await expect(page.getByText("e2e-narrow is at version 2")).toBeVisible();
});

test("priorities show their effect before they are saved", async ({ page }) => {
  await page.goto("/priorities");
  await page.getByRole("button", { name: /made up/ }).click();
  const preview = page.getByRole("table", { name: "Effect on the next starts" });
  await expect(preview.getByRole("row")).toHaveCount(6);
  await page.getByLabel("Floor of bulk, percent").fill("20");
  const bulk = preview.getByRole("row", { name: /bulk/ });
  await expect(bulk.getByText("20 %")).toBeVisible();
  await page.getByLabel("Budget of high").fill("2 h");
  await expect(page.getByText(/high has a longer budget than normal/)).toBeVisible();
  await page.getByLabel("Floor of bulk, percent").fill("30");
  await expect(page.getByText("1 field needs a look")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
});
