import { signInVisitor } from "../console/sign-in-visitor.ts";

const acts: readonly { procedure: string; input: object }[] = [
  {
    procedure: "queues.change",
    input: {
      name: "maintenance",
      change: { paused: true },
      reason: "the disk is being moved; back within the hour",
    },
  },
  {
    procedure: "queues.change",
    input: {
      name: "mail",
      change: {
        rateLimit: { count: 3, perMs: 1_000 },
        thresholds: { maxDepth: 2_000, maxOldestMs: null, action: "signal" },
      },
      reason: "the provider takes three mails a second until tomorrow",
    },
  },
  {
    procedure: "policies.put",
    input: {
      name: "card-calls",
      policy: {
        law: { kind: "exponential", baseMs: 2_000, factor: 3, capMs: 300_000 },
        jitter: "full",
        maxAttempts: 10,
      },
      expectedVersion: 0,
      reason: "the bank asked for fewer calls while it is down",
    },
  },
  {
    procedure: "rules.put",
    input: {
      rules: [
        {
          id: "card-declined",
          name: "Card declined",
          match: { httpStatus: 402 },
          class: "permanent",
          origin: "data",
          remediation: "Nothing to retry: the shop writes to the customer. Look only when it is many.",
          runbookUrl: "https://runbooks.example/billing/declined",
        },
        {
          id: "sku-locked",
          name: "Article locked",
          match: { messagePattern: "is locked by a concurrent reservation" },
          class: "transient",
          origin: "third-party",
          remediation: "Solves itself within seconds.",
        },
      ],
      expectedVersion: 0,
      reason: "two causes that everybody asks about",
    },
  },
  {
    procedure: "bulk.start",
    input: {
      filter: {
        where: [
          { field: "state", anyOf: ["dead"] },
          { field: "queue", anyOf: ["billing"] },
        ],
      },
      act: { action: "retry" },
      reason: "payments answers again",
    },
  },
  { procedure: "tokens.create", input: { name: "shop backend, eu-1", scope: "producer" } },
];

/**
 * Does in a demo what operators do on a day, so that no page is empty: pauses a queue, saves a policy and rules, retries
 * what died. Throws when one of it is refused.
 */
export async function actInDemo(place: { baseUrl: string; databaseUrl: string }): Promise<void> {
  const { cookie } = await signInVisitor(place, "admin");
  const headers = {
    "content-type": "application/json",
    origin: place.baseUrl,
    cookie: `${cookie.name}=${cookie.value}`,
  };
  for (const { procedure, input } of acts) {
    const url = `${place.baseUrl}/api/trpc/${procedure}`;
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(`${procedure} was refused: ${await answer.text()}`);
  }
}
