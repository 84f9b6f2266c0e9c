import { afterAll, describe, expect, inject, it } from "vitest";
import { openClient } from "./client.ts";
import { assertSchema, knownMigrations, migrate } from "./migrate.ts";

const made: string[] = [];

/** A database without anything in it. */
async function emptyDatabase(): Promise<string> {
  const name = `signalbox_empty_${process.pid}_${made.length}_${performance.now().toFixed(0)}`;
  made.push(name);
  await onServer(`create database ${name}`);
  const url = new URL(inject("serverUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(text: string, url = inject("serverUrl")): Promise<unknown[]> {
  const client = openClient(url, "signalbox test");
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

afterAll(async () => {
  for (const name of made) await onServer(`drop database if exists ${name} with (force)`);
});

describe("migrating", () => {
  it("by five processes at once applies each migration once, and again changes nothing", async () => {
    const url = await emptyDatabase();
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
    expect(applied.flat()).toEqual(knownMigrations().map(({ version }) => version));
    expect(await migrate(url)).toEqual([]);
    await assertSchema(url);
    expect(await onServer("select count(*)::int as n from signalbox.migrations", url)).toEqual([
      { n: knownMigrations().length },
    ]);
  });

  it("refuses a database of a newer Signalbox, saying what to do, and leaves it as it is", async () => {
    const url = await emptyDatabase();
    await migrate(url);
    await onServer("insert into signalbox.migrations values (9000, 'from_the_future', 'x')", url);
    const refusal = /schema 9000 \(from_the_future\).*knows up to \d+.*start the newer Signalbox/;
    await expect(migrate(url)).rejects.toThrow(refusal);
    await expect(assertSchema(url)).rejects.toThrow(refusal);
  });

  it("that breaks off leaves nothing half done", async () => {
    const url = await emptyDatabase();
    // A table of the first migration is in the way.
    await onServer("create schema signalbox; create table signalbox.dead (id integer)", url);
    await expect(migrate(url)).rejects.toMatchObject({ code: "42P07" });
    expect(await onServer("select to_regclass('signalbox.jobs') as jobs", url)).toEqual([{ jobs: null }]);
    await onServer("drop table signalbox.dead", url);
    expect((await migrate(url))[0]).toBe(1);
  });
});

describe("the schema check", () => {
  it("asks for the migration when the database has none, and names what is missing", async () => {
    const url = await emptyDatabase();
    await expect(assertSchema(url)).rejects.toThrow("no Signalbox schema yet: run `signalbox migrate`");
    await migrate(url);
    await onServer("delete from signalbox.migrations", url);
    await expect(assertSchema(url)).rejects.toThrow("lacks schema 1 (engine): run `signalbox migrate`");
  });
});
