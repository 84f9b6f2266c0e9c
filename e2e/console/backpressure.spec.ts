import { cancelJobs } from "./cancel-jobs.ts";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;

test("a threshold refuses submits once the line is as long, says so on the page, and can be taken back", async ({
  page,
  producer,
}) => {
  await page.goto("/queues/e2e");
  const pressure = page.getByRole("region", { name: "Pressure" });
  await expect(pressure.getByRole("row", { name: /critical/ })).toBeVisible({ timeout: settledMs });

  await page.getByRole("button", { name: "Edit thresholds" }).click();
  const dialog = page.getByRole("dialog", { name: "Thresholds of e2e" });
  await dialog.getByLabel("Jobs in line at most").fill("0");
  await expect(dialog).toContainText("A whole number from 1 to 1,000,000");
  await expect(dialog.getByRole("button", { name: "Save thresholds" })).toBeDisabled();
  await dialog.getByLabel("Jobs in line at most").fill("1");
  await dialog.getByLabel("Reason").fill("the shop may not flood it");
  await dialog.getByRole("button", { name: "Save thresholds" }).click();
  await expect(dialog).toBeHidden();
  await expect(pressure).toContainText("submits are refused", { timeout: settledMs });

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog", { name: "Pause e2e" }).getByLabel("Reason").fill("to fill it");
  await page.getByRole("button", { name: "Pause queue" }).click();
  const first = await producer.enqueue("e2e-linger", { text: "in line" }, { onPressure: "signal" });
  const refused = () =>
    producer.enqueue("e2e-linger", { text: "too many" }).then(
      async ({ id }) => {
        await cancelJobs(page, [id]);
        return "accepted";
      },
      (error: { code?: string }) => error.code,
    );
  await expect.poll(refused, { timeout: settledMs }).toBe("backpressure");
  await expect(pressure).toContainText(/\d+ \(depth\)/, { timeout: settledMs });

  await page.getByRole("button", { name: "Edit thresholds" }).click();
  await dialog.getByLabel("Jobs in line at most").fill("");
  await dialog.getByRole("button", { name: "Save thresholds" }).click();
  await expect(dialog).toBeHidden();
  await cancelJobs(page, [first.id]);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Resume queue" }).click();
  await expect(page.getByText("Limited by: nothing")).toBeVisible({ timeout: settledMs });
});

test("a bound of the storage that cannot be meant is refused beside its field", async ({ page }) => {
  await page.goto("/settings/storage");
  const size = page.getByRole("group", { name: "Size of the database" });
  await expect(size).toContainText(/Now [\d.]+ [MG]B/, { timeout: settledMs });
  await size.getByLabel("Warn at").fill("9");
  await size.getByLabel("Stop at").fill("5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(size).toContainText("must warn before it stops");
});
