import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Pool } from "#db/client.ts";
import { expect, test } from "./console-test.ts";

/** Three looks of two seconds until an alert opens, and what a busy machine adds. */
const opensMs = 45_000;
const settledMs = 20_000;

// An alert opens after three looks and clears after ten calm ones.
test.describe.configure({ timeout: 180_000 });

/** Have a critical job wait for a worker that nobody runs: the queue starves. */
async function starve(database: Pool, queue: string): Promise<void> {
  await database.query(
    `with q as (insert into signalbox.queues (name) values ($1) returning id),
      d as (insert into signalbox.definitions (name, version) values ($1, 1) returning id),
      v as (insert into signalbox.definition_versions (definition_id, version, queue_id, class, body, created_by)
        select d.id, 1, q.id, 0, jsonb_build_object('queue', $1::text, 'priority', 'critical', 'inputSchema', true), 'e2e' from q, d),
      l as (insert into signalbox.lanes (queue_id, definition_id) select q.id, d.id from q, d returning id),
      j as (insert into signalbox.jobs (id, lane, class, definition_version, payload)
        select signalbox.first_id_at(signalbox.now_ms()) + 7, l.id, 0, 1, 'null' from l returning id, lane)
    insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses)
      select signalbox.now_ms() - 60000, id, lane, 1, 0, 0, 0 from j`,
    [queue],
  );
  await database.query("update signalbox.catalog set version = version + 1");
}

/** Take what waits there away again, so that the alert clears for other tests. */
async function feed(database: Pool, queue: string): Promise<void> {
  await database.query(
    `delete from signalbox.ready where lane in (
      select l.id from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id where q.name = $1)`,
    [queue],
  );
}

test("a queue that starves is on every page until somebody takes it on, with its cause and what to do", async ({
  page,
  database,
}) => {
  const queue = `e2e-starved-${Date.now()}`;
  await starve(database, queue);
  await page.goto("/queues");
  const banner = page.getByRole("region", { name: "Critical alerts" });
  const before = await page.getByRole("heading", { level: 1 }).boundingBox();
  await expect(banner).toContainText(queue, { timeout: opensMs });
  // It came without moving the page.
  expect(await page.getByRole("heading", { level: 1 }).boundingBox()).toEqual(before);
  await banner.getByRole("link", { name: new RegExp(queue) }).click();
  await expect(page).toHaveURL(/\/alerts\?alert=\d+/);
  const alert = page
    .getByRole("list", { name: "Open alerts" })
    .getByRole("listitem")
    .filter({ hasText: queue })
    .first();
  await expect(alert).toContainText(`no live worker serves ${queue}`);
  await expect(alert).toContainText("Start a worker that serves");
  await expect(alert).toContainText("The queue is not paused");
  await alert.getByRole("button", { name: "Acknowledge" }).click();
  const dialog = page.getByRole("dialog", { name: "Acknowledge this alert" });
  await dialog.getByLabel(/Reason/).fill("a worker is on its way");
  await dialog.getByRole("button", { name: "Acknowledge it" }).click();
  await expect(alert).toContainText("a worker is on its way");
  await expect(banner).not.toContainText(queue);
  await feed(database, queue);
  await page.getByRole("button", { name: "Past" }).click();
  await expect(page.getByRole("list", { name: "Past alerts" })).toContainText(queue, { timeout: 90_000 });
});

test("a silence is asked for from an alert, stands below the list with its reason, and is ended there", async ({
  page,
  database,
}) => {
  const queue = `e2e-silent-${Date.now()}`;
  await starve(database, queue);
  await page.goto(`/alerts?objectKind=queue&objectId=${queue}`);
  await expect(page.getByRole("listitem").filter({ hasText: queue })).toBeVisible({ timeout: opensMs });
  await page.getByRole("button", { name: "Silence" }).click();
  const dialog = page.getByRole("dialog", { name: "Silence alerts" });
  await dialog.getByLabel("What").selectOption({ label: `Everything about queue ${queue}` });
  await dialog.getByLabel("For").fill("soon");
  await dialog.getByLabel(/Reason/).fill("it is being moved");
  await expect(dialog).toContainText("Give a time from a minute to 30 days");
  await dialog.getByLabel("For").fill("2 h");
  await dialog.getByRole("button", { name: "Silence it" }).click();
  const silences = page.getByRole("region", { name: "Silences in force" });
  await expect(silences).toContainText("it is being moved");
  await expect(page.getByRole("region", { name: "Critical alerts" })).not.toContainText(queue);
  const silence = silences.getByRole("listitem").filter({ hasText: queue });
  await silence.getByRole("button", { name: "End it" }).click();
  await expect(silence).toHaveCount(0, { timeout: settledMs });
  await feed(database, queue);
});

test("a webhook is made, its secret shown once, and a test to a private address is refused in words", async ({
  page,
}) => {
  const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const name = `e2e ${Date.now()}`;
  await page.goto("/settings/webhooks");
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a webhook" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Address").fill(`http://127.0.0.1:${port}/hook`);
  await dialog.getByRole("button", { name: "Save" }).click();
  const secret = page.getByRole("dialog", { name: `The secret of webhook ${name}` });
  await expect(secret).toContainText("whsec_");
  await secret.getByRole("button", { name: "I have copied it" }).click();
  const row = page.getByRole("row").filter({ hasText: name });
  await row.getByRole("button", { name: "Send a test" }).click();
  const messages = page.getByRole("region", { name: `Messages to ${name}` });
  await expect(messages).toContainText("127.0.0.1 is a private address", { timeout: settledMs });
  await expect(messages).toContainText("given up");
  await expect(page.getByText("whsec_")).toHaveCount(0);
  await row.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(row).toHaveCount(0);
  server.close();
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("reads alerts and their policies, and has no button that acts", async ({ page, database }) => {
    const queue = `e2e-viewer-${Date.now()}`;
    await starve(database, queue);
    await page.goto(`/alerts?objectKind=queue&objectId=${queue}`);
    await expect(page.getByRole("listitem").filter({ hasText: queue })).toBeVisible({ timeout: opensMs });
    await expect(page.getByRole("button", { name: /Acknowledge|Silence|Pause/ })).toHaveCount(0);
    await page.goto("/settings/alerts");
    await expect(page.getByText("Admins change this.")).toBeVisible({ timeout: settledMs });
    await feed(database, queue);
  });
});
