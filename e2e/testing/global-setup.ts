import { startProduct } from "./start-product.ts";

/**
 * Once a run of the browser tests: starts the product and says where it is by `E2E_BASE_URL` and `DATABASE_URL`. With
 * `E2E_BASE_URL` set already it tests what runs there, and `DATABASE_URL` must be its database.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.E2E_BASE_URL) return async () => undefined;
  const product = await startProduct();
  process.env.E2E_BASE_URL = product.baseUrl;
  process.env.DATABASE_URL = product.databaseUrl;
  return product.stop;
}
