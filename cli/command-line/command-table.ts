import type { Command } from "./command.ts";

export interface CommandEntry {
  /** One line for the list of commands. */
  summary: string;
  /** Loaded when it is called for: the console alone takes longer to load than most commands to run. */
  load: () => Promise<Command>;
}

/** Every command by its words, in the order of the list. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  up: {
    summary: "start everything on this machine: Postgres, console, dispatcher; with --demo also work to do",
    load: async () => (await import("../commands/up.ts")).up,
  },
  web: {
    summary: "the console and the HTTP API",
    load: async () => (await import("../commands/web.ts")).web,
  },
  dispatcher: {
    summary: "promotes due jobs, takes back lost ones, calls HTTP targets, keeps the counters",
    load: async () => (await import("../commands/dispatcher.ts")).dispatcher,
  },
  worker: {
    summary: "runs the handlers of a module",
    load: async () => (await import("../commands/worker.ts")).worker,
  },
  migrate: {
    summary: "bring the database to the schema of this version",
    load: async () => (await import("../commands/migrate.ts")).migrateDatabase,
  },
  doctor: {
    summary: "check Node, Postgres, schema, jobs, leases, workers and disk; counts every job",
    load: async () => (await import("../commands/doctor.ts")).doctor,
  },
  enqueue: {
    summary: "submit a job",
    load: async () => (await import("../commands/enqueue.ts")).enqueue,
  },
  "jobs list": {
    summary: "jobs by filter, newest first",
    load: async () => (await import("../commands/list-jobs.ts")).listJobsCommand,
  },
  "jobs show": {
    summary: "one job with its attempts, events and why it waits",
    load: async () => (await import("../commands/show-job.ts")).showJob,
  },
  "jobs retry": {
    summary: "put a dead, cancelled, scheduled or retryable job in line now",
    load: async () => (await import("../commands/retry-job.ts")).retryJobCommand,
  },
  "jobs cancel": {
    summary: "cancel a waiting job, or ask a running one to stop",
    load: async () => (await import("../commands/cancel-job.ts")).cancelJobCommand,
  },
  "token create": {
    summary: "make a bearer token for the HTTP API; shown once",
    load: async () => (await import("../commands/create-token.ts")).createTokenCommand,
  },
  "token list": {
    summary: "the tokens there are",
    load: async () => (await import("../commands/list-tokens.ts")).listTokensCommand,
  },
  "token revoke": {
    summary: "refuse a token from the next call on",
    load: async () => (await import("../commands/revoke-token.ts")).revokeTokenCommand,
  },
  "user invite": {
    summary: "make a link by which somebody sets a password and comes in",
    load: async () => (await import("../commands/invite-user.ts")).inviteUserCommand,
  },
  "user list": {
    summary: "who may sign in, and as what",
    load: async () => (await import("../commands/list-users.ts")).listUsersCommand,
  },
  "user reset": {
    summary: "make a link that sets a new password",
    load: async () => (await import("../commands/reset-user.ts")).resetUserCommand,
  },
  "user disable": {
    summary: "shut somebody out, at once",
    load: async () => (await import("../commands/disable-user.ts")).disableUserCommand,
  },
  "user enable": {
    summary: "let somebody in again",
    load: async () => (await import("../commands/disable-user.ts")).enableUserCommand,
  },
  "audit verify": {
    summary: "check that no entry of the audit trail was changed, removed or slipped in",
    load: async () => (await import("../commands/verify-audit.ts")).verifyAudit,
  },
};
