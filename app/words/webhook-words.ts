import type { webhookKinds } from "#core/alert/webhook-kinds.ts";
import { alertKindWords } from "./rail-words.ts";

/** What a webhook can be told of. */
export const webhookKindWords: Record<(typeof webhookKinds)[number], string> = {
  ...alertKindWords,
  scaling: "Scaling",
};

/** The texts of the settings of webhooks. */
export const webhookWords = {
  title: "Webhooks",
  why: "Where Signalbox sends alerts: when one opens, when it becomes critical, and when it clears.",
  add: "Add a webhook",
  empty: "Nobody is told of alerts",
  emptyWhy:
    "A webhook is an address that gets each alert as signed JSON: a chat, a pager, or a program of your own. Add one, then send it a test.",
  table: "Webhooks",
  columns: { name: "name", url: "address", kinds: "told of", last: "last message", acts: "actions" },
  allKinds: "all alerts",
  off: "off",
  never: "nothing sent yet",
  waiting: (count: number) => (count >= 100 ? "≥ 100 wait" : `${count} ${count === 1 ? "waits" : "wait"}`),
  states: { delivered: "delivered", failed: "given up", waiting: "to be tried again" },
  test: "Send a test",
  tested: "A test is on its way: how it fares stands below",
  edit: "Change",
  remove: "Remove",
  history: "Messages",
  dialog: {
    add: "Add a webhook",
    edit: (name: string) => `Change webhook ${name}`,
    what: "It gets a POST with JSON, signed with HMAC-SHA256 under a secret that is shown once. Private addresses are refused unless the dispatcher runs with ALLOW_PRIVATE_TARGETS on.",
    name: "Name",
    url: "Address",
    urlHint: "http or https, without a password in it. Redirects are not followed.",
    kinds: "Told of",
    kindsHint:
      "None ticked: all kinds of alerts. Scaling tells an autoscaler how many workers each pool wants, whenever that changes.",
    enabled: "Send messages",
    newSecret: "Make a new secret",
    newSecretHint: "The old one signs nothing any more from the next message on.",
    save: "Save",
    saved: "Saved",
  },
  secret: {
    title: (name: string) => `The secret of webhook ${name}`,
    what: "Copy it now: it cannot be shown again. Your receiver checks the header signalbox-signature with it.",
    label: "secret",
    done: "I have copied it",
  },
  removeTitle: (name: string) => `Remove webhook ${name}`,
  removeWhat: "It is told nothing any more, and its messages are deleted. This cannot be taken back.",
  removeDo: "Remove it",
  removed: (name: string) => `Webhook ${name} is removed`,
  deliveries: (name: string) => `Messages to ${name}`,
  deliveriesNone: "Nothing has been sent yet",
  deliveriesNoneTeach: "Messages are kept for 14 days.",
  head: {
    when: "when",
    event: "what",
    state: "how it fared",
    sends: "sends",
    took: "took",
    problem: "why not",
  },
  events: {
    "alert.opened": "an alert opened",
    "alert.escalated": "an alert became critical",
    "alert.cleared": "an alert cleared",
    "scaling.wanted": "a pool wants other workers",
    test: "a test",
  } as Readonly<Record<string, string>>,
  onItsWay: "on its way",
  next: "next",
  alert: (id: string) => `alert ${id}`,
} as const;
