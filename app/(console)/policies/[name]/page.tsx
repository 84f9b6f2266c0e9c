import type { Metadata } from "next";
import { PolicyView } from "./_page/policy-view.tsx";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function PolicyPage({ params }: Props) {
  return <PolicyView name={decodeURIComponent((await params).name)} />;
}
