export type { JobFilter } from "#core/query/job-filter.ts";
