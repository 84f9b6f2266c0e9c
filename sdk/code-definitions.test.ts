import { describe, expect, it } from "vitest";
import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { silentLog } from "#server/system/log.ts";
import { CodeDefinitions } from "./code-definitions.ts";
import { defineJob } from "./define-job.ts";
import { FakeTransport } from "./testing/fake-transport.ts";
import { HttpTransportError } from "./transports/http-transport-error.ts";

const job = (name: string, forceSchema?: boolean) =>
  defineJob({ name, queue: "q", input: z.unknown(), forceSchema, handler: () => undefined });

/** A Signalbox that refuses what it is told to, and keeps what it was sent. */
function signalbox() {
  const sent: { name: string; force: unknown }[] = [];
  const refusals = new Map<string, Error>();
  const transport = Object.assign(new FakeTransport(), {
    register: async (name: string, body: Record<string, unknown>) => {
      const refusal = refusals.get(name);
      if (refusal) throw refusal;
      sent.push({ name, force: body.force });
    },
  });
  return { transport, sent, refusals };
}

describe("the definitions of a worker's code", () => {
  it("are forced where they or the worker say so", async () => {
    const { transport, sent } = signalbox();
    await new CodeDefinitions([job("a"), job("b", true)], false, silentLog).register(transport);
    await new CodeDefinitions([job("c")], true, silentLog).register(transport);
    expect(sent).toEqual([
      { name: "a", force: undefined },
      { name: "b", force: true },
      { name: "c", force: true },
    ]);
  });

  it.each([
    ["on Postgres", new SignalboxError("conflict", "the new input schema may refuse payloads")],
    ["over HTTP", new HttpTransportError(409, "conflict", "the new input schema may refuse payloads")],
  ])(
    "%s: one that is refused keeps the worker from starting, and not from coming back",
    async (_way, refusal) => {
      const { transport, sent, refusals } = signalbox();
      const definitions = new CodeDefinitions([job("a"), job("b")], false, silentLog);
      refusals.set("a", refusal);
      await expect(definitions.register(transport)).rejects.toBe(refusal);
      refusals.clear();
      await definitions.register(transport);
      refusals.set("a", refusal);
      await definitions.register(transport);
      expect(sent.map(({ name }) => name)).toEqual(["a", "b", "b"]);
    },
  );

  it("that come back to what cannot be reached are tried again by whoever asked", async () => {
    const { transport, refusals } = signalbox();
    const definitions = new CodeDefinitions([job("a")], false, silentLog);
    await definitions.register(transport);
    const away = new Error("connect ECONNREFUSED");
    refusals.set("a", away);
    await expect(definitions.register(transport)).rejects.toBe(away);
  });
});
