import { createHmac, timingSafeEqual } from "node:crypto";
import type { Queryable } from "#db/client.ts";
import { secretSetting } from "#server/store/settings/secret-setting.ts";
import { randomSecret } from "#server/system/random.ts";

/** What a token of an attempt proves. */
export interface AttemptProof {
  leaseId: string;
  workerId: string;
  jobId: string;
  attempt: number;
}

const settingKey = "attempt-token-key";
const form = /^([1-9][0-9]{0,18})\.([1-9][0-9]{0,18})\.([A-Za-z0-9_-]{27})$/;

/**
 * Makes and reads the tokens by which HTTP workers settle attempts: lease and worker in the clear, and an HMAC over
 * them, the job and the attempt. A token stays provable after its lease is gone, so that a settle that is sent again
 * is known from one that comes too late. The key is shared by all processes of the database.
 */
export class AttemptTokens {
  readonly #db: Queryable;
  #key: Promise<string> | null = null;

  constructor(db: Queryable) {
    this.#db = db;
  }

  async make(proof: AttemptProof): Promise<string> {
    return `${proof.leaseId}.${proof.workerId}.${await this.#sign(proof)}`;
  }

  /** What the token proves of this job and attempt; null when it is not theirs. */
  async read(token: string, jobId: string, attempt: number): Promise<AttemptProof | null> {
    const [, leaseId, workerId, signature] = form.exec(token) ?? [];
    if (leaseId === undefined || workerId === undefined || signature === undefined) return null;
    const proof: AttemptProof = { leaseId, workerId, jobId, attempt };
    const expected = await this.#sign(proof);
    return timingSafeEqual(Buffer.from(signature), Buffer.from(expected)) ? proof : null;
  }

  async #sign({ leaseId, workerId, jobId, attempt }: AttemptProof): Promise<string> {
    const key = await this.#loadKey();
    const text = `${leaseId} ${workerId} ${jobId} ${attempt}`;
    return createHmac("sha256", key).update(text).digest().subarray(0, 20).toString("base64url");
  }

  #loadKey(): Promise<string> {
    this.#key ??= secretSetting(this.#db, settingKey, randomSecret(32)).catch((error: unknown) => {
      this.#key = null;
      throw error;
    });
    return this.#key;
  }
}
