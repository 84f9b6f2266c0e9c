import { crc32, deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shrinkPng } from "./shrink-png.ts";

/** A PNG of RGB rows, each filtered by what is left of it (filter 1). */
function encode(width: number, pixels: readonly number[]): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(pixels.length / width, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = pixels.flatMap((pixel, place) => {
    const before = place % width === 0 ? 0 : (pixels[place - 1] ?? 0);
    const bytes = [16, 8, 0].map((shift) => (((pixel >> shift) & 255) - ((before >> shift) & 255)) & 255);
    return place % width === 0 ? [1, ...bytes] : bytes;
  });
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const data = chunk("IDAT", deflateSync(Buffer.from(rows)));
  return Buffer.concat([signature, chunk("IHDR", header), data, chunk("IEND", Buffer.alloc(0))]);
}

/** The pixels of a PNG with a palette and unfiltered rows. */
function decode(png: Buffer): number[] {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const width = chunks.get("IHDR")?.readUInt32BE(0) ?? 0;
  const palette = chunks.get("PLTE") ?? Buffer.alloc(0);
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  return [...rows].flatMap((index, at) => (at % (width + 1) === 0 ? [] : [palette.readUIntBE(index * 3, 3)]));
}

const colour = fc.integer({ min: 0, max: 0xffffff });

test("a picture of up to 256 colours comes out as it went in", () => {
  fc.assert(
    fc.property(fc.array(colour, { minLength: 12, maxLength: 240 }), (colours) => {
      const pixels = colours.slice(0, colours.length - (colours.length % 4));
      expect(decode(shrinkPng(encode(4, pixels)))).toEqual(pixels);
    }),
    { numRuns: 50 },
  );
});

test("of more colours each becomes one that is near", () => {
  const pixels = Array.from({ length: 1_024 }, (_, place) => ((place % 32) << 19) | ((place >> 5) << 11));
  for (const [place, got] of decode(shrinkPng(encode(32, pixels))).entries()) {
    const given = pixels[place] ?? 0;
    for (const shift of [16, 8, 0])
      expect(Math.abs(((got >> shift) & 255) - ((given >> shift) & 255))).toBeLessThan(32);
  }
});

test("what is no such PNG is refused", () => {
  const grey = encode(1, [0]);
  grey[25] = 0;
  expect(() => shrinkPng(grey)).toThrow("8-bit RGB");
});
