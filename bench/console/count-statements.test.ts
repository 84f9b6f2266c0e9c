import fc from "fast-check";
import { expect, test } from "vitest";
import { readFrames } from "./count-statements.ts";

function message(type: string, bytes: number): Buffer {
  const body = Buffer.alloc(type.length + 4 + bytes, 0x51);
  body.write(type, 0, "latin1");
  body.writeUInt32BE(4 + bytes, type.length);
  return body;
}

test("each message is told once, however the stream is cut", () => {
  const sent = fc.array(fc.tuple(fc.constantFrom("P", "B", "E", "S", "Q"), fc.nat(40)), { maxLength: 20 });
  fc.assert(
    fc.property(sent, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (messages, cuts) => {
      const stream = Buffer.concat([
        message("", 30),
        ...messages.map(([type, bytes]) => message(type, bytes)),
      ]);
      let told = "";
      const read = readFrames((type) => {
        told += String.fromCharCode(type);
      });
      let at = 0;
      for (let turn = 0; at < stream.length; turn++) {
        const end = at + (cuts[turn % cuts.length] as number);
        read(stream.subarray(at, end));
        at = end;
      }
      expect(told).toBe(messages.map(([type]) => type).join(""));
    }),
  );
});
