import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openClient } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { insertAuditEntry } from "../audit/insert-audit-entry.ts";
import { boardChannel } from "./board-channel.ts";

const { pool, url } = await testDatabase();
const client = openClient(url, "signalbox test");
let heard = 0;

beforeAll(async () => {
  await client.connect();
  client.on("notification", () => heard++);
  await client.query(`listen ${boardChannel}`);
});
afterAll(() => client.end());

/** How often the channel spoke of `act`. */
async function newsOf(act: () => Promise<unknown>): Promise<number> {
  heard = 0;
  await act();
  // A statement's answer brings the notifications that were committed before it.
  await client.query("select 1");
  return heard;
}

const open = `insert into signalbox.alerts (key, kind, severity, object_kind, object_id, body, since_ms, opened_at_ms, seen_at_ms)
  values ('k', 'stuck', 'warning', 'job', '1', '{}', 1, 1, 1)`;

describe("news of the Board", () => {
  it("come once for an act of somebody", async () => {
    const entry = { actor: "ada", action: "queue.pause", objectKind: "queue", objectId: "mail" };
    expect(await newsOf(() => insertAuditEntry(pool, entry))).toBe(1);
  });

  it("come when an alert opens, is acknowledged and clears, and not when it is only seen again", async () => {
    expect(await newsOf(() => pool.query(open))).toBe(1);
    const set = (what: string) => newsOf(() => pool.query(`update signalbox.alerts set ${what}`));
    expect(await set("seen_at_ms = 2")).toBe(0);
    expect(await set("acknowledged_at_ms = 2, acknowledged_by = 'ada'")).toBe(1);
    expect(await set("cleared_at_ms = 3")).toBe(1);
  });
});
