import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonPasswords } from "./common-passwords.ts";
import { findPasswordProblem, passwordLength } from "./password.ts";

const login = "margaret@example.org";

describe("a password", () => {
  it.each(["short", "elevenchars", ""])("of fewer than twelve characters is refused: %j", (password) => {
    expect(findPasswordProblem(password, login)).toContain("at least 12");
  });

  it("counts characters as a person does, not code units", () => {
    expect(findPasswordProblem("😀🚂🚦🛤️🚉🚇", login)).toContain("at least 12");
  });

  it("of more than 200 characters is refused", () => {
    expect(findPasswordProblem("ab c".repeat(60), login)).toContain("at most 200");
  });

  it.each([
    "margaret@example.org",
    "Margaret@Example.org",
    "margaretmargaret",
    "margaret12345",
    "!!margaret!!99",
  ])("that is the login name is refused: %s", (password) => {
    expect(findPasswordProblem(password, login)).toContain("login name");
  });

  it.each([
    "password1234",
    "P@ssw0rd12345",
    "Passwordpassword",
    "passwordpasswordpassword!",
    "qwertyuiop123",
    "123456789012",
    "000000000000",
    "121212121212",
    "abcabcabcabc",
    "aaaaaaaaaaaa",
    "abcdefghijklm",
    "Welcome2026!!",
    "2026Summer!!!",
    "correcthorsebatterystaple",
  ])("that is tried first is refused: %s", (password) => {
    expect(findPasswordProblem(password, login)).toContain("first that are tried");
  });

  it.each([
    "signal arm at danger",
    "vier Züge nach Ulm",
    "kR9#mmp2!xQ7w",
    "the heron waits by the weir",
    "874-229-160-553",
  ])("of one's own is taken: %s", (password) => {
    expect(findPasswordProblem(password, login)).toBeNull();
  });

  it("is never taken when it is a common one between digits and signs", () => {
    const sign = fc
      .array(fc.constantFrom(..."0123456789!#.- "), { maxLength: 8 })
      .map((signs) => signs.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...commonPasswords), sign, sign, (word, before, after) => {
        const password = before + word + after;
        if ([...password].length <= passwordLength.most)
          expect(findPasswordProblem(password, login)).not.toBeNull();
      }),
    );
  });
});

describe("the common ones", () => {
  it("are some hundreds, in small letters, each once", () => {
    expect(commonPasswords.length).toBeGreaterThan(200);
    expect(new Set(commonPasswords).size).toBe(commonPasswords.length);
    expect(commonPasswords.every((word) => word === word.toLowerCase())).toBe(true);
  });
});
