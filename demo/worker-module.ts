import { awardLoyaltyPoints } from "./jobs/award-loyalty-points.ts";
import { buildSalesReport } from "./jobs/build-sales-report.ts";
import { chargeCard } from "./jobs/charge-card.ts";
import { compressArchive } from "./jobs/compress-archive.ts";
import { geocodeAddress } from "./jobs/geocode-address.ts";
import { hashDocument } from "./jobs/hash-document.ts";
import { importFeed } from "./jobs/import-feed.ts";
import { nightlyCleanup } from "./jobs/nightly-cleanup.ts";
import { refundCharge } from "./jobs/refund-charge.ts";
import { reserveStock } from "./jobs/reserve-stock.ts";
import { sendReceiptMail } from "./jobs/send-receipt-mail.ts";
import { transformCatalogue } from "./jobs/transform-catalogue.ts";

/** What `signalbox worker demo/worker-module.ts` runs. */
export const jobs = [
  sendReceiptMail,
  chargeCard,
  refundCharge,
  geocodeAddress,
  reserveStock,
  hashDocument,
  compressArchive,
  buildSalesReport,
  transformCatalogue,
  nightlyCleanup,
  importFeed,
  awardLoyaltyPoints,
];
