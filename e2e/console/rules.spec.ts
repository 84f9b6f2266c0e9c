import { expect, test } from "./console-test.ts";

const words = "the quota of rules.spec is spent";

test.describe.configure({ mode: "serial" });
test.beforeEach(async ({ database }) => {
  await database.query("delete from signalbox.rule_versions");
  await database.query("update signalbox.catalog set version = version + 1");
});

test("a rule is begun from a failure, tried before it is saved, and decides the next failure", async ({
  page,
  producer,
  database,
}) => {
  await producer.enqueue("e2e-fail", { message: words, text: "before" });
  await page.goto("/failures?window=1h&state=open,ignored,resolved");
  const row = page.getByRole("table", { name: "Failure groups" }).getByRole("row").filter({ hasText: words });
  await expect(row).toBeVisible({ timeout: 20_000 });
  await row.getByRole("link", { name: new RegExp(words) }).click();
  await page.getByRole("link", { name: "Make a rule from this failure" }).click();
  const editor = page.getByRole("dialog", { name: "Add a rule" });
  await expect(editor.getByLabel("message")).toHaveValue(/quota of/);
  await editor.getByLabel("message").fill("(?=no)");
  await expect(editor.getByText(/linear time/)).toBeVisible();
  await editor.getByLabel("message").fill("quota of rules\\.spec");
  await editor.getByLabel("Class").selectOption("rate-limited");
  await editor.getByLabel("What to do").fill("Wait for the new month.");
  await editor.getByRole("button", { name: "Take over" }).click();

  await page.getByRole("button", { name: "Try against recent failures" }).click();
  const trial = page.getByRole("region", { name: "What would change" });
  await expect(trial).toContainText("would change");
  await expect(trial).toContainText("rate-limited");
  expect((await database.query("select 1 from signalbox.rule_versions")).rowCount).toBe(0);

  await page.getByRole("button", { name: "Save rules" }).click();
  const dialog = page.getByRole("dialog", { name: "Save the rules" });
  await dialog.getByLabel("Reason").fill("the quota comes back by itself");
  await dialog.getByRole("button", { name: "Save rules" }).click();
  await expect(page.getByText("Saved as version 1")).toBeVisible();
  const { id } = (await producer.enqueue("e2e-fail", { message: words, text: "after" })) as { id: string };
  await expect
    .poll(
      async () =>
        (await database.query("select failure_class from signalbox.attempts where job_id = $1 limit 1", [id]))
          .rows[0]?.failure_class,
      { timeout: 20_000 },
    )
    .toBe("rate-limited");
});

test("rules are moved by keys, the order is announced, and a shadowed rule says so", async ({
  page,
  database,
}) => {
  const rule = (id: string, match: object) => ({ id, name: id, match, class: "bug", origin: "code" });
  await database.query(
    "insert into signalbox.rule_versions (version, rules, created_by) values (1, $1, 'e2e')",
    [JSON.stringify([rule("narrow", { code: "A", httpStatus: 503 }), rule("wide", { code: "A" })])],
  );
  await page.goto("/rules");
  const list = page.getByRole("list", { name: "Your rules in their order" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await list.getByRole("button", { name: "wide", exact: true }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(list.getByRole("listitem").first()).toContainText("wide");
  await expect(page.getByText("wide is now 1 of 2")).toBeAttached();
  await expect(page.getByText(/never decides: wide stands before it/)).toBeVisible();
});

test("of two editors the second sees what the first saved, and lays the own change over it", async ({
  page,
  database,
}) => {
  await page.goto("/rules");
  await page.getByRole("button", { name: "Add a rule" }).click();
  const editor = page.getByRole("dialog", { name: "Add a rule" });
  await editor.getByLabel("Name", { exact: true }).fill("mine");
  await editor.getByLabel("code", { exact: true }).fill("E_MINE");
  await editor.getByRole("button", { name: "Take over" }).click();
  await database.query(
    "insert into signalbox.rule_versions (version, rules, created_by) values (1, $1, 'ben')",
    [JSON.stringify([{ id: "theirs", name: "theirs", match: { code: "E" }, class: "bug", origin: "code" }])],
  );
  const save = async () => {
    await page.getByRole("button", { name: "Save rules" }).click();
    await page
      .getByRole("dialog", { name: "Save the rules" })
      .getByRole("button", { name: "Save rules" })
      .click();
  };
  await save();
  const conflict = page.getByRole("dialog", { name: "Somebody saved meanwhile" });
  await expect(conflict).toContainText("ben saved version 1");
  await conflict.getByRole("button", { name: "Lay mine over theirs" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const items = page.getByRole("list", { name: "Your rules in their order" }).getByRole("listitem");
  await expect(items).toHaveCount(2);
  await save();
  await expect(page.getByText("Saved as version 2")).toBeVisible();
  await page.getByRole("tab", { name: "Versions" }).click();
  await expect(page.getByRole("table", { name: "Versions, newest first" }).locator("tbody tr")).toHaveCount(
    2,
  );
});

test("the built-in rules are searched", async ({ page }) => {
  await page.goto("/rules?tab=builtIn");
  await page.getByRole("searchbox", { name: "Search the built-in rules" }).fill("card declined");
  await expect(page.getByText("stripe/declined", { exact: true })).toBeVisible();
});
