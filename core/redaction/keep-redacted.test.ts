import { describe, expect, it } from "vitest";
import { keepRedacted } from "./keep-redacted.ts";
import { Redactor } from "./redactor.ts";
import { valueAt } from "./value-at.ts";

const redactor = new Redactor({ emails: false, rules: [] });
const original = '{"user":{"name":"ann","password":"hunter2","pin":1234},"big":12345678901234567890}';
const shown = redactor.json(original, null).text;
const keep = (edited: string) => keepRedacted(redactor, { edited, original, definition: null });

describe("an edited payload", () => {
  it("has its redacted values back when nothing was done to them, every other byte as it was sent", () => {
    expect(keep(shown)).toEqual({ ok: true, text: original });
    const edited = shown.replace("ann", "bob");
    expect(keep(edited)).toEqual({ ok: true, text: original.replace("ann", "bob") });
  });

  it("may lose a redacted value or have another typed over it", () => {
    const typed = shown.replace(/"••• key rule \\"password\\" #1"/, '"new one"');
    expect(keep(typed)).toEqual({ ok: true, text: original.replace("hunter2", "new one") });
    expect(keep('{"user":{"name":"ann"}}')).toEqual({ ok: true, text: '{"user":{"name":"ann"}}' });
  });

  it("keeps a value that moved to another place that is redacted too", () => {
    const moved = '{"admin":{"password":"••• key rule \\"password\\" #1"}}';
    expect(keep(moved)).toEqual({ ok: true, text: '{"admin":{"password":"hunter2"}}' });
  });

  it("is refused where a redacted value would come to light", () => {
    const kept = keep('{"comment":"••• key rule \\"password\\" #1"}');
    expect(kept).toMatchObject({ ok: false, errors: [{ path: "/comment" }] });
  });

  it("is refused where a placeholder stands for nothing", () => {
    expect(keep('{"password":"••• key rule \\"password\\" #9"}')).toMatchObject({
      ok: false,
      errors: [{ path: "/password" }],
    });
  });

  it("may hold a text that only looks like a placeholder when the payload did before", () => {
    const text = '{"note":"••• key rule \\"password\\" #7"}';
    expect(keepRedacted(redactor, { edited: text, original: text, definition: null })).toEqual({
      ok: true,
      text,
    });
  });
});

it("one value is found by its pointer as it is written", () => {
  expect(valueAt(original, "/big")).toBe("12345678901234567890");
  expect(valueAt('{"a/b":[{"~":"x"}]}', "/a~1b/0/~0")).toBe('"x"');
  expect(valueAt(original, "/user/nobody")).toBeNull();
});
