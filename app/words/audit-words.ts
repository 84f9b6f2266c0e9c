/** What an act is called, given the entry that records it; figures and names come from what it changed. */
export interface ActFacts {
  action: string;
  objectKind: string;
  objectId: string;
  before?: unknown;
  after?: unknown;
}

/** The texts of the audit page and of entries that stand elsewhere. */
export const auditWords = {
  title: "Audit",
  list: "Audit entries, newest first",
  trail: "Who changed it",
  trailMore: "All of them",
  by: "by",
  trailNone: "Nobody has changed it.",
  search: "Search reasons",
  searchHint: "Words in the reason",
  actor: "Who",
  action: "Act",
  kind: "Object",
  since: "When",
  times: { "1h": "last hour", "24h": "last 24 hours", "7d": "last 7 days", "30d": "last 30 days" },
  object: (kind: string, id: string) => `${kind} ${id}`,
  until: (instant: string) => `until ${instant}`,
  from: (instant: string) => `since ${instant}`,
  remove: (what: string) => `Remove the filter ${what}`,
  clear: "Clear filters",
  head: { when: "when", who: "who", what: "what", reason: "why" },
  noReason: "no reason given",
  older: "Older",
  newest: "Newest",
  lookFurther: "Look further back",
  none: "Nothing has been done yet",
  noneTeach:
    "Every change that a person, a token or Signalbox itself makes to queues, jobs, policies, rules and settings stands here, with who, when, why, before and after.",
  noneMatch: "No entry fits the filters",
  noneMatchTeach: "An entry is never removed: what is not here was not recorded under these filters.",
  partly: "Nothing in the part that was looked at",
  partlyTeach: "The filters need entries to be read one by one, some 20,000 at a time.",
  entry: (seq: number) => `Entry ${seq}`,
  open: (seq: number) => `Open entry ${seq}`,
  link: "Link to this entry",
  hash: "Hash",
  at: "At",
  reason: "Reason",
  changes: "What changed",
  noValues: "The act has no values before or after.",
  export: "Export",
  exportCsv: "As CSV",
  exportLines: "As JSON lines",
  exporting: (count: string) => `${count} entries so far`,
  exportStop: "Stop",
  exported: (count: string) => `${count} entries written to a file`,
  exportFailed: "The export ended early; no file was written",
  chain: {
    whole: (clock: string, count: string) => `Whole up to ${clock}, ${count} entries`,
    ahead: (count: string) => `${count} newer ones are checked within a minute`,
    never: "Not yet checked: the dispatcher checks once a minute. Is one running?",
    stale: (age: string) => `last checked ${age} ago: is a dispatcher running?`,
    broken: (text: string) => `Not whole: ${text}`,
    anchored: (seq: string) => `anchored outside the database up to entry ${seq}`,
    unanchored: "not anchored outside the database yet",
    how: "How to verify",
    howTitle: "Verify the audit trail",
    howText:
      "The dispatcher checks new entries once a minute and walks the whole chain again and again. For proof, walk it yourself against the anchors, from a machine that has them:",
    howBroken:
      "Do not repair it: what is wrong is evidence. Keep the database and the anchor file as they are and follow docs/runbooks/audit-broken.md.",
  },
  kinds: {
    bulk: "bulk operation",
    day: "all of",
    "failure-group": "failure group",
    link: "sign-in link",
    rules: "the rules",
    redaction: "the redaction rules",
    setting: "setting",
    settings: "setting",
    user: "person",
    view: "saved view",
  } as Readonly<Record<string, string>>,
  /** Verbs of actions that their own word does not tell well. */
  acts: {
    "queue.patch": queueAct,
    "definition.put": versionAct,
    "definition.lower-jobs": () => "lowered raised jobs of",
    "definition.bring-back": () => "brought back diverted jobs of",
    "policy.put": versionAct,
    "rules.put": () => "changed",
    "redaction.put": () => "changed",
    "priorities.put": () => "changed",
    "settings.put": () => "changed",
    "setting.put": () => "changed",
    "dependency.unforce": () => "let the policy decide about",
    "dependency.reset": () => "reset",
    "job.note": () => "wrote a note on",
    "job.reveal": () => "revealed a redacted value of",
    "job.reprioritise": () => "changed the class of",
    "job.edit": () => "edited the payload of",
    "session.start": () => "signed in",
    "session.end": () => "ended a session",
    "session.refuse": () => "was refused a sign-in as",
    "token.create": () => "made",
    "alert.contain": () => "limited the damage of",
    "silence.create": () => "silenced alerts by",
    "silence.end": () => "ended",
    "webhook.create": () => "made",
    "webhook.test": () => "sent a test to",
    "user.set-role": () => "changed the role of",
    "user.change-password": () => "changed the password of",
    "user.reset-link": () => "made a new sign-in link for",
    "user.sign-out": () => "signed out",
    "user.withdraw-invite": () => "withdrew the invitation of",
    "link.create": () => "made",
    "failure-group.reopen": () => "opened again",
    "worker.undrain": () => "took back the drain of",
    "user.invite": () => "invited",
    "retention.drop": () => "dropped",
    "retention.delete": () => "deleted past",
  } as Readonly<Record<string, (facts: ActFacts) => string>>,
} as const;

/** 'paused', 'changed the role of': what was done, to be followed by its object. Unknown actions get their own word. */
export function sayAct(facts: ActFacts): string {
  const known = auditWords.acts[facts.action];
  if (known) return known(facts);
  const verb = facts.action.slice(facts.action.indexOf(".") + 1);
  const [first = "", ...rest] = verb.split("-").filter(Boolean);
  return [past(first), ...rest].join(" ") || facts.action;
}

/** The same where no object follows: 'paused', 'changed the limits'. */
export function sayActAlone(facts: ActFacts): string {
  return sayAct(facts).replace(/ (of|on|for|as|about)$/, "");
}

/** 'queue', 'failure group': the kind of an object, to be followed by its name. */
export function sayKind(kind: string): string {
  return auditWords.kinds[kind] ?? kind.replaceAll("-", " ");
}

const irregular: Readonly<Record<string, string>> = {
  put: "changed",
  patch: "changed",
  set: "set",
  make: "made",
  undo: "undid",
  run: "ran",
  begin: "began",
  withdraw: "withdrew",
  pin: "pinned",
  stop: "stopped",
  cancel: "cancelled",
};

function past(verb: string): string {
  const known = irregular[verb];
  if (known !== undefined || verb === "") return known ?? "";
  if (verb.endsWith("e")) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return `${verb}ed`;
}

function versionAct({ before }: ActFacts): string {
  return before === null || before === undefined ? "made" : "changed";
}

function queueAct({ before, after }: ActFacts): string {
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  const differs = (name: string) => JSON.stringify(old[name] ?? null) !== JSON.stringify(next[name] ?? null);
  if (differs("paused")) return next.paused === true ? "paused" : "resumed";
  if (differs("drainingSince"))
    return (next.drainingSince ?? null) === null ? "stopped the drain of" : "drained";
  if (differs("pausedUntil")) return "changed the end of the pause of";
  if (differs("pool")) return "moved to another pool";
  return "changed the limits of";
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
