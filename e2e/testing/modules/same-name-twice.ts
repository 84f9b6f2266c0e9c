import { timed } from "./held-jobs.ts";

export default [timed, timed];
