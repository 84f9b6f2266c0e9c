import { expect, test } from "vitest";
import { sayBytes } from "./say-bytes.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [4_249, "4.25 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [1_236_000_000, "1.24 GB"],
  [5e15, "5000 TB"],
])("%d bytes are written as %s", (bytes, text) => expect(sayBytes(bytes)).toBe(text));
