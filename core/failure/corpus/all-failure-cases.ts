import { cloudCases } from "./cloud-cases.ts";
import { databaseCases } from "./database-cases.ts";
import type { FailureCase } from "./failure-case.ts";
import { httpCases } from "./http-cases.ts";
import { messagingCases } from "./messaging-cases.ts";
import { networkCases } from "./network-cases.ts";
import { ownCodeCases } from "./own-code-cases.ts";
import { serviceCases } from "./service-cases.ts";

/** Every case of the corpus, by family. */
export const allFailureCases: Record<string, FailureCase[]> = {
  network: networkCases,
  http: httpCases,
  database: databaseCases,
  messaging: messagingCases,
  cloud: cloudCases,
  service: serviceCases,
  "own code": ownCodeCases,
};
