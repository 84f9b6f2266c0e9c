import { afterEach, describe, expect, it, vi } from "vitest";
import { Listener } from "./listen.ts";
import { testDatabase } from "./testing/test-database.ts";

const { url, pool } = await testDatabase();
const open: Listener[] = [];
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close();
});

async function listening(name: string) {
  const heard: string[] = [];
  const onConnect = vi.fn();
  const onError = vi.fn();
  const listener = new Listener(["news", "odd channel"], {
    connectionString: url,
    applicationName: name,
    onNotify: (channel, payload) => heard.push(`${channel}: ${payload}`),
    onConnect,
    onError,
  });
  open.push(listener);
  await listener.start();
  const backends = async () =>
    (await pool.query("select pid from pg_stat_activity where application_name = $1", [name])).rows.length;
  const cut = () =>
    pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [name]);
  return { listener, heard, onConnect, onError, cut, backends };
}

const tell = (channel: string, text: string) => pool.query("select pg_notify($1, $2)", [channel, text]);

describe("a listener", () => {
  it("hears every one of its channels, in order", async () => {
    const { heard } = await listening("hears");
    await tell("news", "1");
    await tell("odd channel", "2");
    await tell("other", "no");
    await tell("news", "3");
    await vi.waitFor(() => expect(heard).toEqual(["news: 1", "odd channel: 2", "news: 3"]));
  });

  it("whose backend is ended reconnects by itself, says so, and hears again", async () => {
    const { listener, heard, onConnect, onError, cut } = await listening("cut");
    expect(onConnect).toHaveBeenCalledTimes(1);
    for (let times = 2; times <= 4; times++) {
      await cut();
      await vi.waitFor(() => expect(onConnect).toHaveBeenCalledTimes(times), { timeout: 5_000 });
    }
    expect(listener.connected).toBe(true);
    expect(onError).toHaveBeenCalledTimes(3);
    await tell("news", "after");
    await vi.waitFor(() => expect(heard).toContain("news: after"));
  });

  it("holds one connection, however often it was cut", async () => {
    const { onConnect, cut, backends } = await listening("one");
    await cut();
    await vi.waitFor(() => expect(onConnect).toHaveBeenCalledTimes(2), { timeout: 5_000 });
    await vi.waitFor(async () => expect(await backends()).toBe(1));
  });

  it("that is closed stays closed, while it reconnects too", async () => {
    const { listener, onConnect, cut, backends } = await listening("closed");
    await cut();
    await vi.waitFor(() => expect(listener.connected).toBe(false));
    await listener.close();
    await vi.waitFor(async () => expect(await backends()).toBe(0));
    expect(onConnect).toHaveBeenCalledTimes(1);
  });

  it("starts although the database cannot be reached, and keeps trying", async () => {
    const onError = vi.fn();
    const listener = new Listener(["news"], {
      connectionString: "postgres://127.0.0.1:1/none",
      onNotify: vi.fn(),
      onError,
    });
    open.push(listener);
    await listener.start();
    expect(listener.connected).toBe(false);
    await vi.waitFor(() => expect(onError.mock.calls.length).toBeGreaterThan(1), { timeout: 3_000 });
  });
});
