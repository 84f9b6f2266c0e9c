import { aiRules } from "./ai.ts";
import { amqpRules } from "./amqp.ts";
import { awsRules } from "./aws.ts";
import { awsAccountRules } from "./aws-accounts.ts";
import type { BuiltInRule } from "./built-in-rule.ts";
import { githubAndSlackRules } from "./github-and-slack.ts";
import { googleAndAzureRules } from "./google-and-azure.ts";
import { grpcRules } from "./grpc.ts";
import { httpClientRules } from "./http-client.ts";
import { httpStatusRules } from "./http-status.ts";
import { kafkaRules } from "./kafka.ts";
import { lastingWordingRules } from "./lasting-wording.ts";
import { mailRules } from "./mail.ts";
import { mongodbRules } from "./mongodb.ts";
import { mysqlRules } from "./mysql.ts";
import { nodeErrnoRules } from "./node-errno.ts";
import { otherServiceRules } from "./other-services.ts";
import { postgresRules } from "./postgres.ts";
import { postgresClientRules } from "./postgres-clients.ts";
import { redisRules } from "./redis.ts";
import { runtimeRules } from "./runtime.ts";
import { sqliteAndSqlServerRules } from "./sqlite-and-sql-server.ts";
import { stripeRules } from "./stripe.ts";
import { tlsRules } from "./tls.ts";
import { undiciRules } from "./undici.ts";
import { vagueWordingRules } from "./vague-wording.ts";
import { validationAndTokenRules } from "./validation-and-tokens.ts";
import { wordingRules } from "./wording.ts";
import { workerAndJsonRules } from "./worker-and-json.ts";

/**
 * Every rule that comes with the product, in order: among rules of equal evidence the first that matches
 * decides, so the families of single services stand before the general ones.
 */
export const allBuiltInRules: readonly BuiltInRule[] = [
  ...postgresRules,
  ...postgresClientRules,
  ...mysqlRules,
  ...sqliteAndSqlServerRules,
  ...redisRules,
  ...mongodbRules,
  ...kafkaRules,
  ...amqpRules,
  ...aiRules,
  ...stripeRules,
  ...githubAndSlackRules,
  ...otherServiceRules,
  ...awsRules,
  ...awsAccountRules,
  ...googleAndAzureRules,
  ...grpcRules,
  ...tlsRules,
  ...mailRules,
  ...undiciRules,
  ...httpClientRules,
  ...workerAndJsonRules,
  ...runtimeRules,
  ...validationAndTokenRules,
  ...httpStatusRules,
  ...wordingRules,
  ...lastingWordingRules,
  ...vagueWordingRules,
  ...nodeErrnoRules,
];
