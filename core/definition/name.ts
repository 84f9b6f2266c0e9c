import { z } from "zod";

/** Names of definitions, queues, pools, policies and dependencies: 1…100 of a–z 0–9 . _ -, not starting with a sign. */
export const namePattern = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export const nameSchema = z
  .string()
  .regex(
    namePattern,
    "must be 1 to 100 of a-z, 0-9, dot, underscore, hyphen, and begin with a letter or digit",
  );
