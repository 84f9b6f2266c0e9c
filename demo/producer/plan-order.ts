import type { Random } from "#core/clock.ts";
import { drawBetween, drawOne, drawWhole } from "../draw.ts";
import { places } from "../services/places.ts";
import { warehouseSkus } from "../services/warehouse-service.ts";
import type { PlannedJob } from "./planned-job.ts";

/** What the producer remembers of an order, for refunds and for submits made twice. */
export interface PlannedOrder {
  orderId: string;
  amountCents: number;
  mail: PlannedJob;
  charge: PlannedJob;
}

const firstNames = [
  "Ada",
  "Bruno",
  "Clara",
  "Dario",
  "Elin",
  "Femke",
  "Goran",
  "Hanna",
  "Ivo",
  "Jana",
  "Kaspar",
  "Lea",
];
const lastNames = [
  "Aalto",
  "Berger",
  "Costa",
  "Dvorak",
  "Eriksen",
  "Ferrari",
  "Gruber",
  "Horvat",
  "Jansen",
  "Kowalski",
];
const streets = [
  "Harbour Street",
  "Station Road",
  "Mill Lane",
  "Church Square",
  "Garden Street",
  "Bridge Street",
];
const articles = [
  "Oak chair",
  "Linen towel",
  "Desk lamp",
  "Steel kettle",
  "Wool blanket",
  "Paper notebook",
  "Clay pot",
];

/** Shares of orders that go wrong for good. */
const shares = {
  declinedCard: 0.02,
  unknownPlace: 0.015,
  badMailbox: 0.01,
  guest: 0.04,
  scarceArticle: 0.03,
} as const;

/**
 * One order and its jobs: charge, one reservation a line, receipt, often the address and loyalty points.
 * A few orders have a card that is declined, an address nobody knows, a mailbox that is not there, or a guest.
 */
export function planOrder(random: Random, orderId: string): { order: PlannedOrder; jobs: PlannedJob[] } {
  const customer = `${drawOne(random, firstNames)} ${drawOne(random, lastNames)}`;
  const place = drawOne(random, places);
  const currency = place.country === "GB" ? "GBP" : place.country === "SE" ? "SEK" : "EUR";
  const lines = Array.from({ length: random() < 0.35 ? 2 : 1 }, () => ({
    sku: drawSku(random),
    name: drawOne(random, articles),
    quantity: drawWhole(random, 1, 3),
    unitCents: drawWhole(random, 4, 180) * 50 + 99,
  }));
  const amountCents = lines.reduce((sum, line) => sum + line.quantity * line.unitCents, 0);
  const about = { tags: ["shop", place.country.toLowerCase()], correlationId: orderId };
  const mailbox = random() < shares.badMailbox ? "bounce.example" : "customers.example";
  const card = random() < shares.declinedCard ? "declined-0002" : `visa-${drawWhole(random, 1_000, 9_999)}`;

  const charge: PlannedJob = {
    job: "charge-card",
    input: { orderId, amountCents, currency, card },
    idempotencyKey: `charge-${orderId}`,
    ...about,
  };
  const mail: PlannedJob = {
    job: "send-receipt-mail",
    input: {
      to: `${customer.toLowerCase().replace(" ", ".")}@${mailbox}`,
      template: "receipt",
      orderId,
      customer,
      currency,
      lines: lines.map(({ name, quantity, unitCents }) => ({ name, quantity, unitCents })),
    },
    delayMs: Math.round(drawBetween(random, 2_000, 6_000)),
    idempotencyKey: `receipt-${orderId}`,
    ...about,
  };
  const reservations: PlannedJob[] = lines.map(({ sku, quantity }, index) => ({
    job: "reserve-stock",
    input: { orderId, sku, quantity },
    idempotencyKey: `reserve-${orderId}-${index}`,
    ...about,
  }));
  const jobs = [charge, ...reservations, mail];
  if (random() < 0.7) {
    const town = random() < shares.unknownPlace ? "Atlantis" : place.name;
    const address = `${drawWhole(random, 1, 120)} ${drawOne(random, streets)}, ${town}`;
    jobs.push({ job: "geocode-address", input: { orderId, address }, ...about });
  }
  if (random() < 0.5) {
    const tier = drawOne(random, ["basic", "silver", "gold"]);
    const guest = random() < shares.guest;
    const member = { id: `customer-${drawWhole(random, 1, 5_000)}` };
    const loyalty = { tier, points: drawWhole(random, 0, 4_000) };
    const input = { orderId, amountCents, customer: guest ? member : { ...member, loyalty } };
    jobs.push({ job: "award-loyalty-points", input, ...about });
  }
  return { order: { orderId, amountCents, mail, charge }, jobs };
}

/** Any article; the scarce ones (every tenth) are asked for less often, so that they last some minutes. */
function drawSku(random: Random): string {
  const scarce = random() < shares.scarceArticle;
  return drawOne(
    random,
    warehouseSkus.filter((_, index) => (index % 10 === 9) === scarce),
  );
}
