import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type PeopleList = inferRouterOutputs<AppRouter>["people"]["list"];
export type Person = PeopleList["people"][number];
export type Invite = PeopleList["invites"][number];
