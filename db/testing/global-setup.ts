import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openClient } from "../client.ts";
import { startEmbedded } from "../embedded.ts";
import { migrate } from "../migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string;
    templateDatabase: string;
  }
}

/**
 * Once a test run: a throw-away Postgres and a migrated template database, which every test file clones
 * ({@link ./test-database.ts}). `TEST_DATABASE_URL` uses that server instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(path.join(tmpdir(), "signalbox-test-"));
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? null : await startEmbedded(directory, { ephemeral: true });
  const serverUrl = given ?? (server?.url as string);
  const templateDatabase = `signalbox_template_${process.pid}`;
  const admin = openClient(serverUrl, "signalbox test setup");
  await admin.connect();
  await admin.query(`create database ${templateDatabase}`);
  const templateUrl = new URL(serverUrl);
  templateUrl.pathname = `/${templateDatabase}`;
  await migrate(templateUrl.href);
  await admin.end();
  project.provide("serverUrl", serverUrl);
  project.provide("templateDatabase", templateDatabase);
  return async () => {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
