import type { Metadata } from "next";
import { QueueView } from "./_page/queue-view.tsx";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function QueuePage({ params }: Props) {
  return <QueueView name={decodeURIComponent((await params).name)} />;
}
