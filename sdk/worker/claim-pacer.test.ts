import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ClaimPacer } from "./claim-pacer.ts";

const room = { slots: 10, free: 10, ahead: 0, buffered: 0, otherBuffered: 0, otherSlots: 10 };
const wish = { max: 10, maxOther: 10 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function paced() {
  const looks: number[] = [];
  const pacer = new ClaimPacer(() => looks.push(looks.length));
  const claim = (atMs = 0) => {
    const answer = Promise.resolve();
    pacer.sent(answer, atMs);
    return (found: number | null) => pacer.answered(answer, wish, found, true, atMs + 1);
  };
  return { pacer, claim, looks };
}

test("a claim that found nothing is the last for a second", () => {
  const { pacer, claim, looks } = paced();
  claim()(0);
  expect(pacer.isOpen).toBe(false);
  vi.advanceTimersByTime(999);
  expect(looks).toHaveLength(0);
  vi.advanceTimersByTime(1);
  expect(looks).toHaveLength(1);
});

test("of two that cross the one that found nothing says nothing: the other may have locked it", () => {
  const { pacer, claim, looks } = paced();
  const first = claim();
  const second = claim();
  first(6);
  second(0);
  expect(pacer.isOpen).toBe(true);
  expect(pacer.wish(room)).not.toBeNull();
  vi.advanceTimersByTime(10);
  expect(looks).toHaveLength(1);
  claim()(0);
  expect(pacer.isOpen).toBe(false);
});

test("a claim sent right after one that brought jobs is no proof of emptiness: a submit may have seen them still", () => {
  const { claim, looks } = paced();
  claim(100)(8);
  claim(103)(0);
  vi.advanceTimersByTime(10);
  expect(looks).toHaveLength(1);
  claim(120)(0);
  vi.advanceTimersByTime(999);
  expect(looks).toHaveLength(1);
});

test("a hint while a claim is under way opens it again", () => {
  const { pacer, claim } = paced();
  const answer = claim();
  pacer.hint();
  answer(0);
  expect(pacer.isOpen).toBe(true);
});
