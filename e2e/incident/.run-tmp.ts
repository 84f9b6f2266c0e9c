import { writeFileSync } from "node:fs";
import { signInVisitor } from "../console/sign-in-visitor.ts";
import { startIncident } from "./start-incident.ts";

const t = performance.now();
const i = await startIncident();
const admin = await signInVisitor(i, "admin");
writeFileSync("/tmp/incident-cookie", `${admin.cookie.name}=${admin.cookie.value}`);
writeFileSync("/tmp/incident-db", i.databaseUrl);
console.log("ready", Math.round(performance.now() - t), i.baseUrl, i.databaseUrl, i.stuckJobId, i.retryId);
process.on("SIGUSR1", () => i.payments.setDown(false));
process.on("SIGTERM", async () => {
  await i.stop().catch((e) => console.log(String(e)));
  process.exit();
});
setInterval(() => {}, 1000);
