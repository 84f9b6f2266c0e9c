import type { Metadata } from "next";
import { bulkWords } from "#app/words/bulk-words.ts";
import { OperationView } from "./_page/operation-view.tsx";

interface Props {
  params: Promise<{ operationId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: bulkWords.page((await params).operationId) };
}

export default async function BulkOperationPage({ params }: Props) {
  return <OperationView operationId={(await params).operationId} />;
}
