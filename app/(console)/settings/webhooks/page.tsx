import type { Metadata } from "next";
import { webhookWords } from "#app/words/webhook-words.ts";
import { WebhooksView } from "./_page/webhooks-view.tsx";

export const metadata: Metadata = { title: webhookWords.title };

export default function WebhooksPage() {
  return <WebhooksView />;
}
