import type { FailureClass, FailureOrigin } from "../failure-class.ts";

/** Number codes that mean different things in different protocols carry the protocol. */
export type Protocol = "grpc" | "smtp" | "amqp" | "mongo" | "kafka" | "mysql" | "sqlstate";

/** What a built-in rule looks at: every key that is given must hold, by any value of its list. */
interface BuiltInMatch {
  /** Compared without regard to case, `_`, `-` and `.`, so that NOT_FOUND, NotFound and not-found are one. */
  code?: readonly string[];
  /** The codes above are numbers of this protocol. */
  protocol?: Protocol;
  errorName?: readonly string[];
  httpStatus?: readonly number[];
  /** Patterns in lower case, searched as whole words in the lower-cased message. */
  messagePattern?: readonly string[];
  /** Whether the peer is one we know: a named dependency, a known host, or an internal name. */
  knownPeer?: boolean;
  /** Whether an HTTP answer or a dependency is in sight. */
  answered?: boolean;
}

/** A rule that comes with the product. The operators' rules go before all of these. */
export interface BuiltInRule {
  id: string;
  name: string;
  match: BuiltInMatch;
  class: FailureClass;
  origin: FailureOrigin;
  /** The origin follows where the peer is; `origin` is the answer when nothing tells. */
  byPeer: boolean;
  /** The code is an operating system error number: the words of a message overrule it. */
  errno: boolean;
  /** Too general to overrule an HTTP status. */
  weak: boolean;
  remediation: string | null;
  runbookUrl: string | null;
  /** Where the verdict is from. */
  source: string;
}

/** A match as written in these files: long lists of codes and names are one text with spaces between them. */
type WrittenMatch = Omit<BuiltInMatch, "code" | "errorName"> & {
  code?: string | readonly string[];
  errorName?: string | readonly string[];
};

const listOf = (written: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof written === "string" ? written.split(/\s+/) : written;

/** The parts of a rule that most rules leave out. */
interface RuleExtras {
  remediation?: string;
  runbookUrl?: string;
  byPeer?: boolean;
  weak?: boolean;
  source?: string;
}

/**
 * A function that makes the rules of one family: their ids start with its name, and its source stands for
 * each rule that names no own.
 */
export function ruleFamily(
  family: string,
  source: string,
  shared: { protocol?: Protocol; byPeer?: boolean; errno?: boolean; weak?: boolean } = {},
) {
  return (
    id: string,
    name: string,
    match: WrittenMatch,
    failureClass: FailureClass,
    origin: FailureOrigin,
    extras: RuleExtras = {},
  ): BuiltInRule => ({
    id: `${family}/${id}`,
    name,
    match: {
      ...(shared.protocol !== undefined && match.code !== undefined && { protocol: shared.protocol }),
      ...match,
      code: listOf(match.code),
      errorName: listOf(match.errorName),
    },
    class: failureClass,
    origin,
    byPeer: extras.byPeer ?? shared.byPeer ?? false,
    errno: shared.errno ?? false,
    weak: extras.weak ?? shared.weak ?? false,
    remediation: extras.remediation ?? null,
    runbookUrl: extras.runbookUrl ?? null,
    source: extras.source ?? source,
  });
}
