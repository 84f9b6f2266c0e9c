import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const worker = ruleFamily(
  "worker",
  "docs/words.md: the worker vanished (lease expired, killed, out of memory)",
);
const json = ruleFamily("json", "docs/words.md: not JSON where JSON was due; V8 message templates");

/** Lost workers, and answers or input that are not JSON. */
export const workerAndJsonRules: BuiltInRule[] = [
  worker(
    "lost",
    "Worker lost",
    { errorName: ["WorkerLostError", "LeaseExpiredError", "WorkerTerminatedError", "WorkerDiedError"] },
    "worker-lost",
    "environment",
  ),
  worker(
    "memory",
    "Worker out of memory",
    { code: ["ERR_WORKER_OUT_OF_MEMORY", "OOMKilled"] },
    "worker-lost",
    "environment",
    { remediation: "Give the worker more memory, or have the handler use less." },
  ),
  worker(
    "words",
    "Worker lost",
    {
      messagePattern: [
        "javascript heap out of memory",
        "reached heap limit",
        "allocation failed - .{0,80}out of memory",
        "oomkilled",
        "lease expired",
        "worker (was )?lost",
        "worker (has )?vanished",
        "worker process (exited|died|was killed|crashed)",
        "worker terminated due to reaching memory limit",
        "killed by signal (9|sigkill)",
        "exit(ed with)? code 137",
        "signal sigkill",
        "killed with sigkill",
        "worker exited unexpectedly",
        "worker crashed",
        "job stalled more than allowable limit",
      ],
    },
    "worker-lost",
    "environment",
    { remediation: "Look at what ended the worker: memory, a deploy, or the host." },
  ),
  json(
    "html",
    "A page came where JSON was due",
    {
      answered: true,
      messagePattern: [
        "unexpected token '?<'?",
        "<!doctype",
        "<html",
        'unexpected token .{1,4}, "\\s{0,4}<',
        "is not valid json.{0,40}<",
      ],
    },
    "dependency-down",
    "third-party",
    { byPeer: true },
  ),
  json(
    "answer",
    "An answer that is no JSON",
    {
      answered: true,
      messagePattern: [
        "unexpected end of json input",
        "is not valid json",
        "unexpected token .{1,6} in json",
        "unexpected non-whitespace character after json",
        "bad control character in string literal in json",
        "unterminated string in json",
        "unexpected number in json",
        "unexpected string in json",
        "invalid json response body",
        "expected .{1,40} in json at position",
        "expected property name or '}' in json",
        "invalid json received",
        "failed to parse json",
      ],
    },
    "transient",
    "third-party",
    { byPeer: true },
  ),
  json(
    "input",
    "Input that is no JSON",
    {
      answered: false,
      messagePattern: [
        "unexpected end of json input",
        "is not valid json",
        "unexpected token .{1,6} in json",
        "unexpected non-whitespace character after json",
        "bad control character in string literal in json",
        "unterminated string in json",
        "unexpected number in json",
        "unexpected string in json",
        "invalid json",
        "expected .{1,40} in json at position",
        "expected property name or '}' in json",
        "unexpected token '?<'?",

        "failed to parse json",
      ],
    },
    "invalid-input",
    "data",
  ),
];
