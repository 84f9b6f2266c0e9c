import type { ReactNode } from "react";
import { Frame } from "./_frame/frame.tsx";

export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <Frame>{children}</Frame>;
}
