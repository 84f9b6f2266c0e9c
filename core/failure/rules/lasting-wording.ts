import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const say = ruleFamily("wording", "failures.md: the classes; common wording of clients and proxies");

/** What the words of a message say when no code is known: locks, and what stays as it is. */
export const lastingWordingRules: BuiltInRule[] = [
  say(
    "lock",
    "Locked or changed by another",
    {
      messagePattern: [
        "deadlock",
        "could not serialize",
        "serialization failure",
        "lock not available",
        "lock (timeout|wait timeout|contention)",
        "could not acquire lock",
        "failed to acquire lock",
        "unable to acquire lock",
        "lock (is )?(already )?held",
        "resource (is )?(locked|busy)",
        "optimistic lock(ing)?",
        "concurrent (modification|update|write|change)",
        "concurrently modified",
        "was modified by another",
        "conflict, please retry",
        "version conflict",
        "stale object",
        "try restarting transaction",
        "transaction (was )?(aborted|rolled back).{0,40}retry",
      ],
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  say(
    "disk",
    "Disk full",
    {
      messagePattern: [
        "no space left on device",
        "disk (is )?full",
        "disk quota exceeded",
        "not enough (disk )?space",
      ],
    },
    "permanent",
    "environment",
    { remediation: "Free space on the disk, then retry." },
  ),
  say(
    "name",
    "Name service did not answer",
    {
      messagePattern: [
        "temporary failure in name resolution",
        "eai_again",
        "dns (lookup|query|resolution) (failed|failure|error)",
      ],
    },
    "transient",
    "environment",
  ),
  say(
    "name-known",
    "Name of a known dependency not found",
    {
      knownPeer: true,
      messagePattern: [
        "name or service not known",
        "no such host",
        "could not resolve host",
        "nodename nor servname provided",
        "getaddrinfo failed",
        "err_name_not_resolved",
        "no address associated with hostname",
        "host not found",
        "name resolution failed",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  say(
    "name-unknown",
    "Host name does not exist",
    {
      messagePattern: [
        "name or service not known",
        "no such host",
        "could not resolve host",
        "nodename nor servname provided",
        "getaddrinfo failed",
        "err_name_not_resolved",
        "no address associated with hostname",
        "host not found",
        "nxdomain",
      ],
    },
    "permanent",
    "environment",
  ),
  say(
    "exists",
    "Exists already",
    {
      messagePattern: [
        "already exists",
        "already been (taken|registered|processed|completed|paid|refunded|cancelled|canceled)",
        "duplicate (key|record|entry|request)",
      ],
    },
    "permanent",
    "data",
  ),
  say(
    "revoked",
    "Gone, revoked or closed",
    {
      messagePattern: [
        "has been (revoked|deleted|removed|archived|terminated|decommissioned)",
        "no longer (exists|available|supported|valid)",
        "was deleted",
        "not implemented",
        "is deprecated and",
        "not supported in your (country|region)",
      ],
    },
    "permanent",
    "data",
  ),
  say(
    "precondition",
    "Precondition failed",
    { messagePattern: ["precondition (failed|required)", "etag (mismatch|does not match)"] },
    "permanent",
    "data",
  ),
  say(
    "signed-out",
    "Credentials missing",
    {
      messagePattern: [
        "no credentials",
        "missing (api key|credentials|access token|authorization header)",
        "permission denied",
        "access denied",
        "access is denied",
        "insufficient (permissions?|privileges?|scope)",
        "not authorized",
        "unauthorised",
        "eacces",
      ],
    },
    "permanent",
    "environment",
  ),
  say(
    "again",
    "Asked to try again",
    {
      messagePattern: [
        "please (try again|retry)",
        "try again (later|in|soon)",
        "retry (later|the request)",
        "temporary (failure|error|problem|issue)",
        "temporarily",
        "transient (error|failure)",
        "an internal error occurred",
      ],
    },
    "transient",
    "third-party",
    { byPeer: true, weak: true },
  ),
  say(
    "gone-limit",
    "Client gave up its retries",
    {
      messagePattern: [
        "max(imum)? retries (reached|exceeded)",
        "retries? exhausted",
        "retry limit (reached|exceeded)",
        "exhausted all retries",
      ],
    },
    "unknown",
    "environment",
    { byPeer: true, weak: true },
  ),
];
