import { readFile } from "node:fs/promises";
import { expect, test } from "./console-test.ts";

test("who paused a queue and why stands on its page, in the audit, behind a link, and in an export", async ({
  page,
  producer,
}) => {
  test.slow();
  await producer.enqueue("e2e-echo", { text: "audited" });
  const reason = "=cmd deploy of the audit test";
  await page.goto("/queues");
  await page.getByRole("table", { name: "Queues by name" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/queues\/.+/);
  const name = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Pause queue" }).click();
  await expect(dialog).toBeHidden();
  try {
    const trail = page.getByRole("region", { name: "Who changed it" });
    await expect(trail.getByText(reason)).toBeVisible({ timeout: 20_000 });
    await trail
      .getByRole("listitem")
      .filter({ hasText: reason })
      .getByRole("link", { name: /^paused by/ })
      .click();
    await expect(page).toHaveURL(/\/audit\?entry=\d+$/);
    const entry = page.getByRole("dialog", { name: /^Entry \d+/ });
    await expect(entry.getByText(reason)).toBeVisible();
    await expect(entry.getByRole("list", { name: "What differs" })).toContainText("paused");
    const link = page.url();
    await page.keyboard.press("Escape");
    await expect(entry).toBeHidden();
    await expect(page).toHaveURL(/\/audit$/);

    await page.getByRole("searchbox", { name: "Search reasons" }).fill("DEPLOY OF THE AUDIT");
    await page.keyboard.press("Enter");
    const rows = page.getByRole("table", { name: "Audit entries, newest first" }).locator("tbody tr");
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText(`paused queue ${name}`);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "As CSV" }).click();
    const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe("seq,at,actor,action,objectKind,objectId,reason,before,after");
    expect(lines[1]).toContain(`,queue,${name},'${reason},`);

    await page.goto(link);
    await expect(entry.getByText(reason)).toBeVisible();
  } finally {
    await page.goto(`/queues/${encodeURIComponent(name)}`);
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Resume queue" }).click();
    await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  }
});

test("two admins edit the general settings: the second sees what the first saved, and the badge follows", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  for (const each of [page, other]) {
    await each.goto("/settings");
    await expect(each.getByLabel("Name")).toHaveValue(/.+/);
  }
  const before = await page.getByLabel("Name").inputValue();
  await other.getByLabel("Name").fill("staging of two");
  await page.getByLabel("Name").fill("production of one");
  await page.getByLabel("Colour").selectOption("red");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: "production of one" })).toBeVisible();

  const notice = other.getByRole("alert").filter({ hasText: "Somebody else changed it" });
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await expect(notice.getByRole("list", { name: "What differs" })).toContainText("production of one");
  await expect(other.getByLabel("Name")).toHaveValue("staging of two");
  await notice.getByRole("button", { name: "Take theirs" }).click();
  await expect(other.getByLabel("Name")).toHaveValue("production of one");
  await other.getByLabel("Name").fill(before);
  await other.getByLabel("Colour").selectOption("neutral");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("banner").getByRole("button", { name: "production of one" })).toBeHidden();
  await other.close();
});

test("the retention says what it would take, and which field is wrong", async ({ page }) => {
  await page.goto("/settings/retention");
  await expect(page.getByRole("status").filter({ hasText: "Nothing stored now would go" })).toBeVisible();
  await page.getByLabel("Completed jobs").fill("10");
  await page.getByLabel("Failed attempts and their logs").fill("11");
  await expect(page.getByText("What would go is shown once the fields are right.")).toBeVisible();
  await page.getByLabel("Events").fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("cannot be longer than completed jobs are kept (10 days)")).toBeVisible();
  await page.getByRole("button", { name: "Undo changes" }).click();
  await expect(page.getByLabel("Completed jobs")).toHaveValue("");
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("reads the audit and the settings, and has no button that changes them", async ({ page }) => {
    await page.goto("/audit");
    await expect(page.getByRole("table", { name: "Audit entries, newest first" })).toBeVisible();
    await page.goto("/settings");
    await expect(page.getByText("Admins change this.")).toBeVisible();
    await expect(page.getByLabel("Name")).toBeDisabled();
    await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  });
});
