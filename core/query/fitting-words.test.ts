import { expect, test } from "vitest";
import { fittingWords } from "./fitting-words.ts";

test("what begins with the text comes before what contains it, in any letters, and the rest is left out", () => {
  const words = ["later", "an Explorer", "EXPLORER", "explorer-completion"];
  expect(fittingWords(words, "explorer", 30)).toEqual(["EXPLORER", "explorer-completion", "an Explorer"]);
  expect(fittingWords(words, "", 2)).toEqual(["later", "an Explorer"]);
  expect(fittingWords(words, "nothing", 30)).toEqual([]);
});

test("what fits a text and is asked for a longer one is what fits the longer one", () => {
  const words = ["abc", "abd", "xab", "b"];
  expect(fittingWords(fittingWords(words, "a", 30), "abd", 30)).toEqual(fittingWords(words, "abd", 30));
});
