import { test as base, expect } from "@playwright/test";
import type { Role } from "#core/access/role.ts";
import { openPool, type Pool } from "#db/client.ts";
import { createProducer, type Producer } from "#sdk/index.ts";
import { callProcedure } from "./call-procedure.ts";
import { signInVisitor, type Visitor } from "./sign-in-visitor.ts";

/** Who looks at the console in a test: `test.use({ role: "viewer" })`; null is nobody. */
interface ConsoleVisitor {
  role: Role | null;
}

interface ConsoleChecks {
  /** After each test: the queue that all share goes on, or whatever comes next would wait for nothing. */
  goesOn: undefined;
}

interface ConsoleWorld {
  /** Where the console is, and its database. */
  consoleUrl: string;
  databaseUrl: string;
  /** Submits jobs of ../testing/worker-module.ts. */
  producer: Producer;
  /** The product's database, to bring about what no interface of this version does. */
  database: Pool;
  /** Makes a person of a role and signs them in: each call another one. */
  visitor: (role: Role) => Promise<Visitor>;
  /** The one person of a role whom all tests share: nobody may sign them out. */
  resident: (role: Role) => Promise<Visitor>;
}

/**
 * A test of the console against the running product, signed in as an admin unless it says otherwise. A page on which a script fails, or that the content security
 * policy had to stop, fails the test.
 */
export const test = base.extend<ConsoleVisitor & ConsoleChecks, ConsoleWorld>({
  role: ["admin", { option: true }],
  consoleUrl: [process.env.E2E_BASE_URL ?? "", { option: true, scope: "worker" }],
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
  visitor: [
    async ({ consoleUrl, databaseUrl }, use) => {
      await use((role) => signInVisitor({ baseUrl: consoleUrl, databaseUrl }, role));
    },
    { scope: "worker" },
  ],
  resident: [
    async ({ visitor }, use) => {
      const residents = new Map<Role, Promise<Visitor>>();
      await use((role) => {
        const resident = residents.get(role) ?? visitor(role);
        residents.set(role, resident);
        return resident;
      });
    },
    { scope: "worker" },
  ],
  goesOn: [
    async ({ database, consoleUrl, resident }, use) => {
      await use(undefined);
      const { rows } = await database.query(
        "select from signalbox.queues where name = 'e2e' and (paused or max_running is not null)",
      );
      if (rows.length === 0) return;
      const change = { paused: false, maxRunning: null };
      const door = { baseUrl: consoleUrl, visitor: await resident("operator") };
      await callProcedure(door, "queues.change", { name: "e2e", change, reason: "a test left it so" });
      throw new Error("the test left the queue e2e paused or capped");
    },
    { auto: true },
  ],
  baseURL: async ({ consoleUrl }, use) => use(consoleUrl),
  context: async ({ context, baseURL, role, resident }, use) => {
    if (role !== null) await context.addCookies([{ ...(await resident(role)).cookie, url: baseURL ?? "" }]);
    await use(context);
  },
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
