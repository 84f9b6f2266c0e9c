import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "./csv-line.ts";

/** The cells of one line, as RFC 4180 reads them. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(,|$)/s.exec(rest);
    const plain = /^([^",\r\n]*)(,|$)/.exec(rest);
    const found = quoted ?? plain;
    if (!found) throw new Error(`not a cell: ${rest}`);
    cells.push(quoted ? (found[1] as string).replaceAll('""', '"') : (found[1] as string));
    if (found[2] === "") return cells;
    rest = rest.slice(found[0].length);
  }
}

describe("a line of CSV", () => {
  it("is read back cell by cell, whatever the text", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (cells) => {
        const read = readLine(csvLine(cells));
        expect(read.map((cell, i) => (cell === `'${cells[i]}` ? cells[i] : cell))).toEqual(cells);
      }),
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("never begins a formula: %j", (text) => {
    expect(readLine(csvLine([text]))).toEqual([`'${text}`]);
  });

  it("leaves figures and gaps as they are", () => {
    expect(csvLine([-1.5, null, "a,b", 'say "no"'])).toBe('-1.5,,"a,b","say ""no"""');
  });
});
