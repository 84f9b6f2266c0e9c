import { expect, it } from "vitest";
import { toCsv } from "./to-csv.ts";

it("quotes what would break a line, and never lets a text begin a formula", () => {
  const job = {
    id: "7",
    definition: "a",
    payload: { text: 'say "hi",\nthen' },
    tags: ["x"],
    correlationId: "=1+1",
  };
  const [head, line] = toCsv([JSON.stringify(job)]).split("\r\n");
  expect(head?.split(",")).toContain("payload");
  expect(line).toContain("'=1+1");
  expect(line).toContain('"[""x""]"');
  expect(line).toContain('"{""text"":""say \\""hi\\"",\\nthen""}"');
});
