import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { demoEnvironment } from "./demo-environment.ts";

test("an address that is set is kept, and the others are different loopback ports", async () => {
  const chosen = await demoEnvironment({ SIGNALBOX_DEMO_MAIL_URL: "http://127.0.0.1:9" });
  expect(chosen.SIGNALBOX_DEMO_MAIL_URL).toBe("http://127.0.0.1:9");
  expect(new Set(Object.values(chosen)).size).toBe(5);
  for (const url of Object.values(chosen)) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("a usual port that is taken is passed over", async () => {
  const holder = createServer().listen(7413, "127.0.0.1");
  // Should another process hold the port already, it is taken all the same.
  await Promise.race([once(holder, "listening"), once(holder, "error")]).catch(() => undefined);
  const chosen = await demoEnvironment({});
  expect(chosen.SIGNALBOX_DEMO_GEOCODER_URL).not.toBe("http://127.0.0.1:7413");
  holder.close();
});
