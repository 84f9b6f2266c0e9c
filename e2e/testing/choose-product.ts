/**
 * In a worker of Playwright: make the product that ./global-setup.ts started for it the one that `E2E_BASE_URL` and
 * `DATABASE_URL` name. A worker that takes the place of another has its index, and so its product.
 */
export function chooseProduct(environment: NodeJS.ProcessEnv): void {
  const { E2E_PRODUCTS: list, TEST_PARALLEL_INDEX: index } = environment;
  if (list === undefined || index === undefined) return;
  const products = JSON.parse(list) as { baseUrl: string; databaseUrl: string }[];
  const product = products[Number(index)];
  if (product === undefined) throw new Error(`no product was started for worker ${index}`);
  environment.E2E_BASE_URL = product.baseUrl;
  environment.DATABASE_URL = product.databaseUrl;
}
