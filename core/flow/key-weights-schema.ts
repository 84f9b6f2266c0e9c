import { z } from "zod";
import { storableText } from "../definition/storable-text.ts";
import { leastWeight, mostWeight, mostWeightedKeys, standardWeight } from "./key-weights.ts";

const bounds = `is a number from ${leastWeight} to ${mostWeight}`;
const weight = z
  .number(`${bounds}, or null for ${standardWeight}`)
  .min(leastWeight, bounds)
  .max(mostWeight, bounds);

/** A change of weights as it is given (see {@link KeyWeightsChange}): at most 500 keys of 1…200 characters. */
export const keyWeightsChangeSchema = z
  .record(storableText(1, 200), weight.nullable())
  .refine(
    (change) => Object.keys(change).length <= mostWeightedKeys,
    `has more than ${mostWeightedKeys} keys`,
  )
  .nullable();
