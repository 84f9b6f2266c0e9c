import { formatShare } from "#components/domain/format-share.ts";
import { leastWeight, mostWeight, standardWeight } from "#core/flow/key-weights.ts";

const range = `From ${leastWeight} to ${mostWeight}`;

/** The texts of a queue's concurrency keys and of their weights. */
export const keyWords = {
  title: "Keys",
  head: { key: "key", taken: "in line or running", held: "held", weight: "weight" },
  none: "No job with a concurrency key is here now.",
  noneAfter: "No key comes after that one.",
  unfair: "Weights act when the queue takes keys by turns: switch that on under Limits.",
  set: "Set a weight",
  weightOf: (key: string, weight: number) => `Weight of ${key}: ${weight}`,
  editOf: (key: string) => `Weight of ${key}`,
  editTitle: (queue: string) => `Weight of a key of ${queue}`,
  editWhat:
    "Its share of the places beside the other keys that wait, within each class. It acts on the next admission, within a second; what is in line or runs already goes on.",
  save: "Save weight",
  saved: (key: string) => `The weight of ${key} is changed`,
  key: "Key",
  keyHint: "As in the concurrencyKey of its jobs.",
  keyWrong: "1 to 200 characters.",
  weight: "Weight",
  weightHint: `${range}; every other key has ${standardWeight}. A key of weight 3 gets three jobs started for each one of another's.`,
  weightWrong: `${range}.`,
  effect: (weight: number) =>
    `Beside one key of weight ${standardWeight} it gets ${formatShare(weight / (weight + standardWeight))} of the places.`,
} as const;
