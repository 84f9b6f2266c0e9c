import { test as base, expect } from "@playwright/test";
import { openPool, type Pool } from "#db/client.ts";
import { createProducer, type Producer } from "#sdk/index.ts";

interface ConsoleWorld {
  databaseUrl: string;
  /** Submits jobs of ../testing/worker-module.ts. */
  producer: Producer;
  /** The product's database, to bring about what no interface of this version does. */
  database: Pool;
}

/**
 * A test of the console against the running product. A page on which a script fails, or that the content security
 * policy had to stop, fails the test.
 */
export const test = base.extend<object, ConsoleWorld>({
  databaseUrl: [process.env.DATABASE_URL ?? "", { option: true, scope: "worker" }],
  producer: [
    async ({ databaseUrl }, use) => {
      const producer = await createProducer({ connectionString: databaseUrl, name: "e2e" });
      await use(producer);
      await producer.close();
    },
    { scope: "worker" },
  ],
  database: [
    async ({ databaseUrl }, use) => {
      const pool = openPool({ connectionString: databaseUrl, max: 2, applicationName: "signalbox e2e" });
      await use(pool);
      await pool.end();
    },
    { scope: "worker" },
  ],
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" && /Content Security Policy|hydrat/i.test(text)) errors.push(text);
    });
    await use(page);
    expect(errors).toEqual([]);
  },
});

export { expect };
